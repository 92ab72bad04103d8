import { useMutation, useQueryClient } from '@tanstack/react-query';
import { routes } from '@vakhta/api';
import { api } from '../../app/api.ts';
import { tellDone } from '../../ui/notify.ts';
import { useWords } from '../../words/words.ts';

export type SettingChanges = Record<string, string | number | null>;

/** Changes settings of the desk; what the server answers is shown at once. */
export function useChangeSettings() {
  const { t } = useWords();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (values: SettingChanges) => api.call(routes.changeDeskSettings, { body: { values } }),
    onSuccess: (answer) => {
      queryClient.setQueryData(['deskSettings'], answer);
      tellDone(t('shell.saved'));
    },
  });
}
