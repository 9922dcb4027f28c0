import { Alert, Box, Button, Stack, TextField, Typography } from '@mui/material';
import { checkProtocol, PROTOCOL_DEFAULTS } from '@vastus/clinical';
import { type ProtocolVersionDetail, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { useSend } from '../api/queries.js';
import { useVersionRead } from '../api/useVersionRead.js';
import { useFormat } from '../format.js';
import { useSession } from '../session/useSession.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Section } from '../ui/Section.js';
import { DifferenceList } from './DifferenceList.js';
import { DraftActions } from './DraftActions.js';
import { ParameterTable } from './ParameterTable.js';
import { basisOf, differences, type Typed, typedOf, valuesOf } from './parameters.js';
import { SimulationPanel } from './SimulationPanel.js';
import { VersionTags } from './VersionTags.js';

interface VersionViewProps {
  /** `null`: a change that is not written down yet. */
  version: ProtocolVersionDetail | null;
  inForce: ProtocolVersionDetail;
}

/** The parameters with what differs, the draft's editor, what it would change, and its signature. */
export function VersionView({ version, inForce }: VersionViewProps) {
  const translate = useTranslate();
  const format = useFormat();
  const { may } = useSession();
  const notify = useNotify();
  const navigate = useNavigate();
  const draft = useSend(ROUTES.draftProtocol);
  const edit = useSend(ROUTES.editProtocolDraft);
  // A version signed before a parameter existed lacks it: a new one begins with its default.
  const saved = typedOf(version?.parameters ?? { ...PROTOCOL_DEFAULTS, ...inForce.parameters });
  // What is typed stays while the version behind it is read again.
  const [changed, setChanged] = useState<Typed>({});
  const [typedNote, setTypedNote] = useState<string | null>(null);
  const note = typedNote ?? version?.note ?? '';
  const editing = may('protocol.draft') && (version === null || version.state === 'draft');
  const typed = { ...saved, ...changed };
  const values = valuesOf(typed);
  const issues = checkProtocol(values);
  const against = differences(inForce.parameters, values);
  const unsaved = Object.entries(changed).some(([name, text]) => text !== (saved[name] ?? '')) || note.trim() !== (version?.note ?? '');
  const read = useVersionRead(version?.version ?? 0, unsaved);
  const send = version ? edit : draft;
  const t = (key: string, options?: Record<string, unknown>) => translate(`protocol.${key}`, options);

  const save = () => {
    const basis = version ? basisOf(version) : inForce.parameters;
    const parameters = Object.fromEntries(differences(basis, values).flatMap(({ name, to }) => (to === null ? [] : [[name, to]])));
    const onSuccess = (answer: ProtocolVersionDetail) => {
      setChanged({});
      setTypedNote(null);
      notify('protocol.saved', { type: 'success' });
      if (!version) void navigate(`/protocol/${answer.id}`, { replace: true });
    };
    if (version) edit.mutate({ params: { versionId: version.id }, body: { parameters, note }, ifMatch: read }, { onSuccess });
    else draft.mutate({ body: { basedOn: inForce.id, parameters, note } }, { onSuccess });
  };

  return (
    <Box
      sx={{
        display: 'grid',
        gap: 3,
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 480px)' },
        alignItems: 'start',
      }}
    >
      <Section title={t('parameters')} subtitle={editing && t('parametersSub')} flush>
        <ParameterTable
          typed={typed}
          inForce={inForce.parameters}
          issues={issues}
          onChange={editing ? (name, text) => setChanged((before) => ({ ...before, [name]: text })) : undefined}
        />
      </Section>
      <Stack sx={{ gap: 3, minWidth: 0, order: { xs: -1, lg: 0 } }}>
        <Section
          title={version?.inForce ? t('inForce') : t('diffNumber', { number: inForce.number })}
          actions={version && <VersionTags version={version} />}
        >
          <Stack sx={{ gap: 2 }}>
            {version?.application?.state === 'running' && (
              <Alert severity="info">
                {t('applying', { done: version.application.patientsDone, all: version.application.patientsTotal })}
              </Alert>
            )}
            {!version?.inForce ? (
              <DifferenceList differences={against} />
            ) : (
              version.basedOn && (
                <Box>
                  <Typography variant="subtitle2">{t('diffBefore', { number: version.basedOn.number })}</Typography>
                  <DifferenceList differences={differences(basisOf(version), values)} />
                </Box>
              )
            )}
            {version && <Signatures version={version} />}
            {editing ? (
              <>
                <Box role="status">
                  <Alert severity={issues.length > 0 ? 'error' : 'success'}>
                    {issues.length > 0 ? t('issues', { smart_count: issues.length }) : t('fine')}
                  </Alert>
                </Box>
                <TextField
                  label={t('note')}
                  helperText={t('noteHelp')}
                  value={note}
                  onChange={({ target }) => setTypedNote(target.value)}
                  multiline
                  minRows={2}
                  slotProps={{ htmlInput: { maxLength: 2000 } }}
                />
                <ProblemAlert error={send.error} />
                <Stack direction="row" sx={{ gap: 2, alignItems: 'center' }}>
                  <Button variant="contained" onClick={save} disabled={issues.length > 0 || send.isPending || !unsaved}>
                    {t('save')}
                  </Button>
                  {unsaved && (
                    <Typography variant="caption" color="text.secondary">
                      {t('unsaved')}
                    </Typography>
                  )}
                </Stack>
              </>
            ) : (
              version?.note && <Typography variant="body2">{version.note}</Typography>
            )}
            {version?.state === 'draft' && !may('protocol.sign') && <Typography variant="body2">{t('waits')}</Typography>}
            {version?.state === 'draft' && <DraftActions version={version} unsaved={unsaved} />}
            {version?.inForceFrom && (
              <Typography variant="caption" color="text.secondary">
                {t('effect')} {format.instant(version.inForceFrom)}
              </Typography>
            )}
          </Stack>
        </Section>
        {version?.state === 'draft' && may('protocol.simulate') && <SimulationPanel version={version} unsaved={unsaved} />}
      </Stack>
    </Box>
  );
}

function Signatures({ version }: { version: ProtocolVersionDetail }) {
  const translate = useTranslate();
  const format = useFormat();
  const line = (key: 'drafted' | 'signed', name: string | null, at: string | null) =>
    at && `${translate(`protocol.${key}`)}: ${translate('protocol.byOn', { name: name ?? '–', date: format.instant(at) })}`;
  return (
    <Typography variant="caption" color="text.secondary" component="div">
      {[
        version.state === 'initial' ? translate('protocol.unsigned') : line('drafted', version.draftedByName, version.draftedAt),
        line('signed', version.signedByName, version.signedAt),
        version.withdrawnAt &&
          translate('protocol.withdrawnBy', {
            name: version.withdrawnByName ?? '–',
            date: format.instant(version.withdrawnAt),
            reason: version.withdrawReason ?? '',
          }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </Typography>
  );
}
