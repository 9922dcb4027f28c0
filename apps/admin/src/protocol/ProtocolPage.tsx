import { TuneOutlined } from '@mui/icons-material';
import { Button, Link, TableCell, TableRow, Typography } from '@mui/material';
import { type ProtocolVersion, ROUTES } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useRows } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useSession } from '../session/useSession.js';
import { Page } from '../ui/Page.js';
import { RowsCard } from '../ui/RowsCard.js';
import { VersionTags } from './VersionTags.js';

/** Every version of the clinic's protocol, latest first. */
export default function ProtocolPage() {
  const translate = useTranslate();
  const { may } = useSession();
  const list = useRows(ROUTES.listProtocolVersions, { query: {} });
  const t = (key: string) => translate(`protocol.${key}`);
  return (
    <Page
      title={t('title')}
      subtitle={t('subtitle')}
      width="medium"
      actions={
        may('protocol.draft') && (
          <Button component={RouterLink} to="/protocol/new" variant="contained">
            {t('draft')}
          </Button>
        )
      }
    >
      <RowsCard
        list={list}
        label={t('title')}
        columns={[t('version'), t('stateHead'), t('effect'), t('signed'), t('drafted')]}
        empty={{ text: t('none'), icon: <TuneOutlined /> }}
      >
        {list.rows.map((version) => (
          <Row key={version.id} version={version} />
        ))}
      </RowsCard>
    </Page>
  );
}

function Row({ version }: { version: ProtocolVersion }) {
  const translate = useTranslate();
  const format = useFormat();
  const { application } = version;
  const by = (name: string | null, at: string | null) =>
    at === null || name === null ? '–' : translate('protocol.byOn', { name, date: format.instant(at) });
  return (
    <TableRow>
      <TableCell sx={{ minWidth: 140 }}>
        <Link component={RouterLink} to={`/protocol/${version.id}`} sx={{ fontWeight: 620 }}>
          {translate('protocol.versionOf', { number: version.number })}
        </Link>
        {version.note && (
          <Typography variant="caption" color="text.secondary" component="div">
            {version.note}
          </Typography>
        )}
      </TableCell>
      <TableCell>
        <VersionTags version={version} />
        {application?.state === 'running' && (
          <Typography variant="caption" color="text.secondary" component="div">
            {translate('protocol.applying', { done: application.patientsDone, all: application.patientsTotal })}
          </Typography>
        )}
      </TableCell>
      <TableCell className="tabular">{version.inForceFrom ? format.instant(version.inForceFrom) : '–'}</TableCell>
      <TableCell>
        {version.state === 'initial' ? translate('protocol.unsigned') : by(version.signedByName, version.signedAt)}
        {version.withdrawnAt && (
          <Typography variant="caption" color="text.secondary" component="div">
            {translate('protocol.withdrawnBy', {
              name: version.withdrawnByName ?? '–',
              date: format.instant(version.withdrawnAt),
              reason: version.withdrawReason ?? '',
            })}
          </Typography>
        )}
      </TableCell>
      <TableCell>{by(version.draftedByName, version.draftedAt)}</TableCell>
    </TableRow>
  );
}
