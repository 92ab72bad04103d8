import { Command, Option } from 'commander';
import { fromHex } from '../../codec/hex.ts';
import { decodeRequest, decodeResponse, describe, pendingOf } from '../../frames/index.ts';
import { type CliParts, exit, WrongUse } from '../cli-parts.ts';

type Side = 'host' | 'machine';

/** `sas decode`: tells what messages mean. */
export function decodeCommand(parts: CliParts, done: (code: number) => void): Command {
  return new Command('decode')
    .description('tells what messages mean')
    .argument('<hex...>', 'messages; after one of the host, its answer')
    .addOption(
      new Option(
        '--from <side>',
        'who sent them; without it, whoever they make sense from, host and machine in turn',
      ).choices(['host', 'machine']),
    )
    .option('--json', 'print JSON, one line a message')
    .action((texts: string[], options: { from?: Side; json?: boolean }) => {
      let pending: string | undefined;
      let turn: Side = 'host';
      let failed = false;
      for (const text of texts) {
        const bytes = fromHex(text);
        if (!bytes || bytes.length === 0) throw new WrongUse(`'${text}' is not hex of whole bytes`);
        const side: Side = options.from ?? likelySide(bytes, turn, pending);
        const decoded = decodeFrom(side, bytes, pending);
        turn = side === 'host' ? 'machine' : 'host';
        if (!decoded.ok) {
          failed = true;
          parts.complain(`${decoded.error.hex}: ${decoded.error.problem}`);
          continue;
        }
        if (side === 'host') pending = pendingOf(decoded.value);
        parts.print(options.json === true ? JSON.stringify(decoded.value) : describe(decoded.value));
      }
      done(failed ? exit.failed : exit.done);
    });
}

const decodeFrom = (side: Side, bytes: Uint8Array, pending: string | undefined) =>
  side === 'host' ? decodeRequest(bytes) : decodeResponse(bytes, pending);

/** Whose turn it is, unless only the other could have sent that. */
function likelySide(bytes: Uint8Array, turn: Side, pending: string | undefined): Side {
  const makesSense = (side: Side) => {
    const decoded = decodeFrom(side, bytes, pending);
    return decoded.ok && !('crcOk' in decoded.value && decoded.value.crcOk === false);
  };
  const other: Side = turn === 'host' ? 'machine' : 'host';
  return !makesSense(turn) && makesSense(other) ? other : turn;
}
