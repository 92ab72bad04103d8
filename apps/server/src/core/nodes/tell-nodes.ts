import type { Json } from '@vakhta/kernel';
import type { Nodes } from '../../platform/nodes/nodes.ts';
import type { NodeWord } from './node-word.ts';

/** Says something to every other node. */
export type TellNodes = (word: NodeWord) => void;

export const tellNodes =
  (nodes: Pick<Nodes, 'tell'>): TellNodes =>
  (word) =>
    nodes.tell(word as Json);
