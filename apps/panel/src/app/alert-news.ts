import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type LiveMessage, routes } from '@vakhta/api';
import { systemClock } from '@vakhta/kernel';
import { useEffect } from 'react';
import { onLiveMessage } from '../live/live.ts';
import { useAlertSound } from '../ui/alert-sound.ts';
import { hideAlert, tellAlert } from '../ui/notify.ts';
import { useWords } from '../words/words.ts';
import { api } from './api.ts';

/** A storm of alerts asks for the lists once in this time. */
const GATHER = 300;

/** Keeps the lists of alerts fresh and makes new ones heard, whatever page is open. */
export function useAlertNews(enabled: boolean): void {
  const { t, language } = useWords();
  const queryClient = useQueryClient();
  const { play } = useAlertSound();
  useEffect(() => {
    if (!enabled) return;
    let waiting: { cancel(): void } | undefined;
    const refresh = () => {
      waiting ??= systemClock.after(GATHER, () => {
        waiting = undefined;
        void queryClient.invalidateQueries({ queryKey: ['alerts'] });
      });
    };
    const stop = onLiveMessage((message: LiveMessage) => {
      if (message.type !== 'alert') return;
      refresh();
      if (message.step === 'acknowledged' || message.step === 'cleared') hideAlert(message.id);
      if (message.step !== 'opened' && message.step !== 'escalated') return;
      const severity = t(`alerts.severity.${message.severity}`);
      tellAlert(
        message.id,
        t('alerts.news', { severity, title: message.title[language], subject: message.subject }),
        message.severity,
      );
      play(message.severity);
    });
    return () => {
      stop();
      waiting?.cancel();
    };
  }, [enabled, queryClient, play, t, language]);
}

/** How many alerts are open, by severity. */
export const useAlertCounts = (enabled: boolean) =>
  useQuery({
    queryKey: ['alerts', 'count'],
    queryFn: () => api.call(routes.countAlerts),
    enabled,
  }).data;
