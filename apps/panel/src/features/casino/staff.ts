import { useQuery } from '@tanstack/react-query';
import { casinoCashRoutes } from '@vakhta/api';
import { api } from '../../app/api.ts';
import { useHallId } from './hall.ts';
import { NOT_KNOWN } from './money.ts';

/** Turns the members that stand beside acts into names. */
export function useStaffNames(): (member: string | null) => string {
  const hall = useHallId();
  const { data } = useQuery({
    queryKey: ['casino', hall, 'staff'],
    queryFn: async () => (await api.call(casinoCashRoutes.listCasinoStaff, { params: { hall } })).items,
    staleTime: 60_000,
  });
  const names = new Map(data?.map(({ member, name }) => [member, name]));
  return (member) => (member === null ? NOT_KNOWN : (names.get(member) ?? NOT_KNOWN));
}
