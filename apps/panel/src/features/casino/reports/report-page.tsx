import { Button } from '@mantine/core';
import { IconDownload, IconFileSpreadsheet, IconPrinter, IconReport } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type CasinoReport, CasinoReportName, casinoReportRoutes } from '@vakhta/api';
import { api } from '../../../app/api.ts';
import { download } from '../../../app/download.ts';
import { PageLoading } from '../../../app/page-loading.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { tellRefused } from '../../../ui/notify.ts';
import { PageHead } from '../../../ui/page-head.tsx';
import { useErrorText } from '../../../words/error-text.ts';
import { useWords } from '../../../words/words.ts';
import { useAlertTexts } from '../alert-texts.ts';
import { useHall } from '../hall.ts';
import { useHallTime } from '../hall-time.ts';
import { ReportFilter } from './report-filter.tsx';
import type { ReportSearch } from './report-search.ts';
import { ReportTable } from './report-table.tsx';
import { useReportTexts } from './report-texts.ts';
import css from './reports.module.css';

/** More lines than anybody reads on a screen; the files have all of them. */
const LINES_SHOWN = 500;

const route = getRouteApi('/signed-in/casino/$hall/reports/$report');

/** One report: what it is about, its lines, and the same as files and on paper. */
export function ReportPage() {
  const { t } = useWords();
  const textOf = useErrorText();
  const { meterTextOf } = useAlertTexts();
  const { id: hall } = useHall();
  const navigate = useNavigate();
  const search = route.useSearch();
  const { success, data: report } = CasinoReportName.safeParse(route.useParams().report);
  const { data, error } = useQuery({
    queryKey: ['casino', hall, 'report', report, search],
    queryFn: () =>
      api.call(casinoReportRoutes.readCasinoReport, {
        params: { hall, report: report ?? 'floor' },
        query: { ...search, limit: LINES_SHOWN },
      }),
    enabled: success,
    placeholderData: keepPreviousData,
  });
  if (!report) return <EmptyState title={t('casinoReports.nothing')} text={t('casinoReports.lead')} />;
  const take = async (format: 'csv' | 'xlsx') => {
    try {
      const days = data ? ` ${data.period.first} – ${data.period.last}` : '';
      const query = new URLSearchParams(search as Record<string, string>);
      await download(
        `/casino/halls/${hall}/reports/${report}/${format}?${query}`,
        `${t(`casinoReports.names.${report}.name`)}${days}.${format}`,
      );
    } catch (refusal) {
      tellRefused(textOf(refusal));
    }
  };
  const goTo = (next: ReportSearch) =>
    void navigate({ to: '/casino/$hall/reports/$report', params: { hall, report }, search: next });
  return (
    <>
      <PageHead
        title={t(`casinoReports.names.${report}.name`)}
        text={t(`casinoReports.names.${report}.help`)}
      >
        <Link className={css.back} to="/casino/$hall/reports" params={{ hall }}>
          {t('casinoReports.all')}
        </Link>
        <Button variant="default" leftSection={<IconDownload size={17} />} onClick={() => take('csv')}>
          {t('casinoReports.csv')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconFileSpreadsheet size={17} />}
          onClick={() => take('xlsx')}
        >
          {t('casinoReports.xlsx')}
        </Button>
        <Button variant="default" leftSection={<IconPrinter size={17} />} onClick={() => window.print()}>
          {t('casinoReports.print')}
        </Button>
      </PageHead>
      <ReportFilter search={search} onSearch={goTo} />
      {search.codes && (
        <p className={css.note}>
          {t('casinoReports.onlyMeters', { meters: search.codes.split(',').map(meterTextOf).join(', ') })}
        </p>
      )}
      {error && !data && <EmptyState title={t('shell.failedToLoad')} text={textOf(error)} />}
      {!data && !error && <PageLoading />}
      {data?.report === report && <Lines report={data} />}
    </>
  );
}

function Lines({ report }: { report: CasinoReport }) {
  const { t } = useWords();
  const timeOf = useHallTime();
  const { nameOf } = useReportTexts(report);
  const { period, site, total, rows } = report;
  return (
    <>
      <p className={css.heading}>
        <b>{site.name}</b> · {timeOf(period.from)} – {timeOf(period.to)} · {site.timeZone}
        <br />
        {t('casinoReports.made', {
          at: timeOf(report.generatedAt),
          by: nameOf(report.generatedBy),
          version: report.version,
        })}
        {' · '}
        {t(`casinoReports.${report.state}`)}
      </p>
      {total === 0 ? (
        <EmptyState
          icon={<IconReport size={28} />}
          title={t('casinoReports.nothing')}
          text={t('casinoReports.nothingText')}
        />
      ) : (
        <ReportTable report={report} />
      )}
      {rows.length < total && (
        <p className={css.note}>{t('casinoReports.shown', { shown: rows.length, total })}</p>
      )}
      <p className={css.hash} title={t('casinoReports.hash')}>
        {report.hash}
      </p>
    </>
  );
}
