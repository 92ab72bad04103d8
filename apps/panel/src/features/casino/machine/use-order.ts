import { casinoActRoutes, type MachineOrder } from '@vakhta/api';
import { api } from '../../../app/api.ts';
import { serverNow } from '../../../app/server-time.ts';
import { commands } from '../../../live/live.ts';
import type { Input } from '../../../ui/acting/send.ts';
import { useHallId } from '../hall.ts';

/** Has a machine do something; the command is on the screen at once, and its life is told by the live socket. */
export function useOrder() {
  const hall = useHallId();
  return async (
    { machine, thing }: { machine: string; thing: string | null },
    order: MachineOrder,
  ): Promise<void> => {
    const requested = new Date(serverNow()).toISOString();
    const params = { hall, machine };
    const { command } = await api.call(casinoActRoutes.orderMachine, { params, body: { order } });
    if (thing === null) return;
    const input: Input = order === 'resetHandpay' ? { payer: 'attendant' } : {};
    commands.track({
      id: command,
      thing,
      batch: null,
      action: order,
      input,
      state: 'requested',
      at: { requested },
    });
  };
}
