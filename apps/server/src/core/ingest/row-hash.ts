import { type RawBuilder, sql } from 'kysely';

/**
 * SHA-256, in hex, over what `lines` selects as `line`, in an order of their own. In 4096 parts, since a hundred million
 * lines fit into no one value.
 */
export const hashOfLines = (lines: RawBuilder<unknown>): RawBuilder<string> => sql<string>`(
  select encode(sha256(coalesce(string_agg(hash, '' order by part), '')), 'hex') from (
    select part, sha256(convert_to(string_agg(line, E'\n' order by line collate "C"), 'UTF8')) as hash
    from (select line, left(md5(line), 3) collate "C" as part from (${lines}) rows) parted group by part
  ) parts)`;
