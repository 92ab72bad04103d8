import { Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError, routes } from '@vakhta/api';
import { api } from '../../app/api.ts';
import { tellDone } from '../../ui/notify.ts';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';

/** Whether the organisation lets people in by a password alone. */
export function SecondFactorRule() {
  const { t } = useWords();
  const textOf = useErrorText();
  const queryClient = useQueryClient();
  const { data: organisation } = useQuery({
    queryKey: ['organisation'],
    queryFn: () => api.call(routes.getOrganisation),
  });
  const change = useMutation({
    mutationFn: (required: boolean) => api.call(routes.requireSecondFactor, { body: { required } }),
    onSuccess: (changed) => {
      queryClient.setQueryData(['organisation'], changed);
      tellDone(t('shell.saved'));
    },
  });
  const lacksOwn = change.error instanceof ApiError && change.error.code === 'second_factor_required';
  return (
    <Switch
      label={t('account.organisation.requireSecondFactor')}
      description={t('account.organisation.requireSecondFactorText')}
      checked={organisation?.secondFactorRequired ?? false}
      disabled={!organisation || change.isPending}
      onChange={(event) => change.mutate(event.currentTarget.checked)}
      error={
        change.error && (lacksOwn ? t('account.organisation.requireSecondFactorFirst') : textOf(change.error))
      }
    />
  );
}
