const unsafe = /[\x7f-\x9f\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** JSON that may be shown on a terminal: what JSON itself leaves alone (C1, bidirectional controls) is escaped too. */
export const jsonText = (document: unknown): string =>
  JSON.stringify(document).replace(unsafe, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  );
