/**
 * A map of rows by id, in their order, of which a changed copy costs little: the ids are shared, the rows are an
 * array. A run of ten thousand devices is copied and counted ten times a second.
 */
export class RowMap<Row> implements ReadonlyMap<string, Row> {
  /** Place of each id in `#rows`; shared with the copies until one of them gets a new id. */
  #places = new Map<string, number>();
  #rows: Row[] = [];
  #ownsPlaces = true;

  copy(): RowMap<Row> {
    const copy = new RowMap<Row>();
    copy.share(this);
    return copy;
  }

  protected share(other: RowMap<Row>): void {
    other.#ownsPlaces = false;
    this.#ownsPlaces = false;
    this.#places = other.#places;
    this.#rows = other.#rows.slice();
  }

  /** Answers the row's place. Only for who has just made the map: everybody else takes it as it is. */
  set(id: string, row: Row): number {
    const place = this.#places.get(id);
    if (place !== undefined) {
      this.#rows[place] = row;
      return place;
    }
    if (!this.#ownsPlaces) {
      this.#places = new Map(this.#places);
      this.#ownsPlaces = true;
    }
    this.#places.set(id, this.#rows.length);
    return this.#rows.push(row) - 1;
  }

  get size(): number {
    return this.#rows.length;
  }

  get(id: string): Row | undefined {
    const place = this.#places.get(id);
    return place === undefined ? undefined : this.#rows[place];
  }

  has(id: string): boolean {
    return this.#places.has(id);
  }

  /** As an array, which is walked much faster than an iterator. */
  get rows(): readonly Row[] {
    return this.#rows;
  }

  keys(): MapIterator<string> {
    return this.#places.keys();
  }

  values(): ArrayIterator<Row> {
    return this.#rows.values();
  }

  *entries(): MapIterator<[string, Row]> {
    for (const [id, place] of this.#places) yield [id, this.#rows[place]!];
  }

  [Symbol.iterator](): MapIterator<[string, Row]> {
    return this.entries();
  }

  forEach(visit: (row: Row, id: string, map: ReadonlyMap<string, Row>) => void): void {
    for (const [id, row] of this) visit(row, id, this);
  }
}
