import { Button, LinearProgress } from '@mui/material';
import { type ProtocolVersionDetail, ROUTES } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { Link, useParams } from 'react-router-dom';
import { useAnswer } from '../api/queries.js';
import { useSession } from '../session/useSession.js';
import { Page } from '../ui/Page.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { VersionView } from './VersionView.js';

const NEW = 'new';

/** `/protocol/ID`, and `/protocol/new` for a change that is not written down yet. */
export default function VersionPage() {
  const translate = useTranslate();
  const { may } = useSession();
  const { versionId = NEW } = useParams();
  const isNew = versionId === NEW;
  const version = useAnswer(ROUTES.readProtocolVersion, { params: { versionId } }, { enabled: !isNew });
  const versions = useAnswer(ROUTES.listProtocolVersions, { query: {} });
  const inForceId = versions.data?.items.find(({ inForce }) => inForce)?.id;
  const inForce = useAnswer(ROUTES.readProtocolVersion, { params: { versionId: inForceId ?? '' } }, { enabled: inForceId !== undefined });
  const error = version.error ?? versions.error ?? inForce.error;
  const title = titleOf(isNew ? null : (version.data ?? null), translate);
  if (error || (isNew && !may('protocol.draft'))) {
    return (
      <Page title={error ? title : translate('app.problem.not-permitted')} width="medium">
        <ProblemAlert error={error} />
      </Page>
    );
  }
  if ((!isNew && !version.data) || !inForce.data) return <LinearProgress aria-label={translate('app.problem.loading')} />;
  return (
    <Page
      title={title}
      subtitle={version.data?.basedOn && translate('protocol.basedOn', { number: version.data.basedOn.number })}
      actions={
        <Button component={Link} to="/protocol">
          {translate('protocol.all')}
        </Button>
      }
    >
      <VersionView key={versionId} version={isNew ? null : (version.data ?? null)} inForce={inForce.data} />
    </Page>
  );
}

function titleOf(version: ProtocolVersionDetail | null, translate: (key: string, options?: Record<string, unknown>) => string): string {
  if (!version) return translate('protocol.newTitle');
  return translate(version.state === 'draft' ? 'protocol.editTitle' : 'protocol.versionTitle', { number: version.number });
}
