import { Link } from '@tanstack/react-router';
import type { CasinoReportName } from '@vakhta/api';
import { PageHead } from '../../../ui/page-head.tsx';
import { useWords } from '../../../words/words.ts';
import { useHallId } from '../hall.ts';
import css from './reports.module.css';

const groups = {
  play: ['floor', 'machines', 'summary', 'meter-log', 'sessions'],
  money: ['transactions', 'handpays', 'drop', 'cashless', 'shifts', 'pools'],
  control: ['day-close', 'exceptions', 'events', 'links', 'changes'],
} as const satisfies Record<string, readonly CasinoReportName[]>;

/** The reports, each with a line on what it answers. */
export function ReportsPage() {
  const { t } = useWords();
  const hall = useHallId();
  return (
    <>
      <PageHead title={t('casinoReports.title')} text={t('casinoReports.lead')} />
      {(['play', 'money', 'control'] as const).map((group) => (
        <section key={group} className={css.group}>
          <h2>{t(`casinoReports.groups.${group}`)}</h2>
          <ul>
            {groups[group].map((report) => (
              <li key={report}>
                <Link to="/casino/$hall/reports/$report" params={{ hall, report }}>
                  <b>{t(`casinoReports.names.${report}.name`)}</b>
                  <span>{t(`casinoReports.names.${report}.help`)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
