/**
 * What the Russian words must hold, given the English ones: every key, and for each `…_other` also `…_few` and `…_many`,
 * which English does not have (CLDR plural rules). A missing or a misspelt key does not compile.
 */
export type RussianOf<Words> = {
  [Key in keyof Words]: Words[Key] extends string ? string : RussianOf<Words[Key]>;
} & {
  [Key in keyof Words as Key extends `${infer Stem}_other` ? `${Stem}_few` | `${Stem}_many` : never]: string;
};
