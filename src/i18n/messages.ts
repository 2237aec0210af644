import type { en } from './locales/en/index.ts';

/** A text, or one form for a `count` of one and one for others (English; Japanese has one form). */
export type Text = string | { readonly one: string; readonly other: string };

/** The same keys, any texts: what a language's area must satisfy. */
export type Same<T> = { readonly [K in keyof T]: T[K] extends Text ? Text : Same<T[K]> };

export type Messages = Same<typeof en>;

/** `failures.hostKey.changed.next`-like paths are not used: an area is a flat table, keyed by `area.key`. */
type KeysOf<A extends keyof typeof en> = `${A}.${Extract<keyof (typeof en)[A], string>}`;
export type MessageKey = { [A in keyof typeof en]: KeysOf<A> }[keyof typeof en];
export type Params = Readonly<Record<string, string | number>>;
