import type { Thing } from '@vakhta/api';
import { useAgents, useModels } from '../app/directory.ts';
import { useMay } from '../app/session.ts';
import { NOT_KNOWN_YET, usePast } from '../past/past.ts';
import { useWords } from '../words/words.ts';
import { useReasonText } from './reason-text.ts';

/** Why a thing is out of contact, in words: its agent is away, or what the agent says of the thing. */
export function useOfflineText(): (thing: Pick<Thing, 'agent' | 'model' | 'offlineReason'>) => string {
  const { t } = useWords();
  const agents = useAgents(useMay()('agents.view'));
  const models = useModels();
  const reasonText = useReasonText();
  const past = usePast();
  return ({ agent, model, offlineReason }) => {
    if (offlineReason?.code === NOT_KNOWN_YET) return t('past.notKnownYet');
    // Whether its agent is away now says nothing of then.
    const of = past ? undefined : agents.get(agent);
    if (of && !of.online) return t('thing.agentAway', { agent: of.name });
    if (!offlineReason) return t('thing.silent');
    return reasonText(offlineReason, models.get(model)) ?? t('thing.silent');
  };
}
