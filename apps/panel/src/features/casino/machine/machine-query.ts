import { queryOptions } from '@tanstack/react-query';
import { casinoFloorRoutes } from '@vakhta/api';
import { api } from '../../../app/api.ts';

/** How often a machine's page asks for its figures; state and credits come over the live socket. */
const EVERY = 2_000;

export const machineQuery = (hall: string, machine: string) =>
  queryOptions({
    queryKey: ['casino', hall, 'machine', machine],
    queryFn: ({ signal }) =>
      api.call(casinoFloorRoutes.readMachine, { params: { hall, machine } }, { signal }),
    refetchInterval: EVERY,
  });
