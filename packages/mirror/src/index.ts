export type { Gap } from './copy/copy-batch.ts';
export { Mirror, type MirrorOptions } from './copy/mirror.ts';
export type { Lag, MirrorState, MirrorStatus } from './copy/status.ts';
export type { Position, ReadLimit, Source, SourceRow } from './source/source.ts';
export type { CellValue, Column, ColumnKind, Row, RowOf, Table } from './source/table.ts';
export type { Session, Target } from './target/session.ts';
export { targetOf } from './target/target-of.ts';
