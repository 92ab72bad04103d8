import type { Thing } from '@vakhta/api';
import { useAgents } from '../app/directory.ts';
import { useMay } from '../app/session.ts';
import { useWords } from '../words/words.ts';

/** Why a thing is out of contact, in words: its agent is away, or what the agent says of the thing. */
export function useOfflineText(): (thing: Pick<Thing, 'agent' | 'offlineReason'>) => string {
  const { t } = useWords();
  const agents = useAgents(useMay()('agents.view'));
  return ({ agent, offlineReason }) => {
    const of = agents.get(agent);
    if (of && !of.online) return t('thing.agentAway', { agent: of.name });
    if (!offlineReason) return t('thing.silent');
    return t('thing.offlineBecause', { reason: offlineReason.message });
  };
}
