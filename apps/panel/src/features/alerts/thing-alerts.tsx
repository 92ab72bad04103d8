import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Alert } from '@vakhta/api';
import { useState } from 'react';
import { useMay } from '../../app/session.ts';
import { AcknowledgeDialog } from './acknowledge-dialog.tsx';
import { thingAlertsQuery } from './alert-lists.ts';
import { AlertRow } from './alert-row.tsx';
import css from './alerts.module.css';

/** What is wrong with this thing now, on its own page. */
export function ThingAlerts({ thing }: { thing: string }) {
  const queryClient = useQueryClient();
  const mayAcknowledge = useMay()('alerts.acknowledge');
  const { data: alerts } = useQuery(thingAlertsQuery(thing));
  const [taking, setTaking] = useState<Alert>();
  if (!alerts || alerts.length === 0) return null;
  return (
    <>
      <ul className={css.list} data-compact>
        {alerts.map((alert) => (
          <li key={alert.id}>
            <AlertRow alert={alert} onAcknowledge={mayAcknowledge ? setTaking : undefined} withoutSubject />
          </li>
        ))}
      </ul>
      {taking && (
        <AcknowledgeDialog
          alert={taking}
          onClose={() => setTaking(undefined)}
          onDone={() => queryClient.invalidateQueries({ queryKey: ['alerts'] })}
        />
      )}
    </>
  );
}
