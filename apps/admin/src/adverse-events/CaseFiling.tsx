import { Box, Button, MenuItem, Stack, TextField, Typography } from '@mui/material';
import { type AdverseEvent, type EventFiling, PRINTED_LANGUAGES, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useLocale, useNotify, useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useIssues } from '../api/useIssues.js';
import { useVersionRead } from '../api/useVersionRead.js';
import { useFormat } from '../format.js';
import { useSession } from '../session/useSession.js';
import { DateField } from '../ui/DateField.js';
import { DownloadButton } from '../ui/DownloadButton.js';
import { FormDialog } from '../ui/FormDialog.js';
import { Section } from '../ui/Section.js';
import { Segmented } from '../ui/Segmented.js';

const KEPT = ['kept', 'returned', 'discarded'] as const;
type Identify = 'initials' | 'record-number';

/** Sending the case on: the report as PDF and as JSON, and the note where it went. */
export function CaseFiling({ event }: { event: AdverseEvent }) {
  const translate = useTranslate();
  const format = useFormat();
  const { may } = useSession();
  const [identify, setIdentify] = useState<Identify>('initials');
  const [noting, setNoting] = useState(false);
  const t = (key: string, options?: Record<string, unknown>) => translate(`adverseEvents.filing.${key}`, options);
  const { filing } = event;
  const locale = useLocale();
  const language = PRINTED_LANGUAGES.find((code) => code === locale);
  const rows: [string, string | null][] = [
    [t('authority'), filing?.authority ?? null],
    [t('reference'), filing?.authorityReference ?? null],
    [t('filedOn'), filing?.filedOn ? format.date(filing.filedOn) : null],
    [t('manufacturer'), filing?.manufacturer ?? null],
    [t('manufacturerInformedOn'), filing?.manufacturerInformedOn ? format.date(filing.manufacturerInformedOn) : null],
    [t('productKept'), filing?.productKept ? t(`kept.${filing.productKept}`) : null],
    [t('note'), filing?.note ?? null],
  ];
  const params = { eventId: event.id };
  return (
    <Section
      title={t('title')}
      subtitle={filing ? t('noted', { by: filing.notedByName, at: format.instant(filing.notedAt) }) : t('notYet')}
      actions={may('adverse-event.annotate') && <Button onClick={() => setNoting(true)}>{t('edit')}</Button>}
    >
      <Stack sx={{ gap: 2 }}>
        {may('adverse-event.export') && (
          <Stack sx={{ gap: 1 }}>
            <Segmented<Identify>
              label={t('identify')}
              value={identify}
              onChange={(next) => setIdentify(next ?? 'initials')}
              options={[
                { value: 'initials', label: t('initials') },
                { value: 'record-number', label: t('recordNumber') },
              ]}
            />
            <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
              <DownloadButton route={ROUTES.printEventReport} sent={{ params, query: { identify, language } }} label={t('pdf')} />
              <DownloadButton
                route={ROUTES.readEventReport}
                sent={{ params, query: { identify } }}
                label={t('json')}
                fileName={`adverse-event-${params.eventId}.json`}
              />
            </Stack>
            <Typography variant="caption" color="text.secondary">
              {t('explain')}
            </Typography>
          </Stack>
        )}
        {filing && (
          <Box
            component="dl"
            sx={{ m: 0, display: 'grid', gridTemplateColumns: 'minmax(120px, 180px) 1fr', rowGap: 0.5, columnGap: 2, fontSize: '0.875rem' }}
          >
            {rows.map(([name, value]) => (
              <Box key={name} sx={{ display: 'contents' }}>
                <Box component="dt" sx={{ color: 'text.secondary' }}>
                  {name}
                </Box>
                <Box component="dd" sx={{ m: 0, fontWeight: value ? 600 : 400, whiteSpace: 'pre-wrap' }}>
                  {value ?? '–'}
                </Box>
              </Box>
            ))}
          </Box>
        )}
      </Stack>
      {noting && <FilingDialog event={event} onClose={() => setNoting(false)} />}
    </Section>
  );
}

type Draft = Pick<EventFiling, 'productKept'> &
  Record<'authority' | 'authorityReference' | 'filedOn' | 'manufacturer' | 'manufacturerInformedOn' | 'note', string>;

function FilingDialog({ event, onClose }: { event: AdverseEvent; onClose: () => void }) {
  const translate = useTranslate();
  const notify = useNotify();
  const { today } = useSession();
  const send = useSend(ROUTES.noteEventFiling);
  const { filing } = event;
  const read = useVersionRead(filing?.version ?? 0);
  const [draft, setDraft] = useState<Draft>({
    authority: filing?.authority ?? '',
    authorityReference: filing?.authorityReference ?? '',
    filedOn: filing?.filedOn ?? '',
    manufacturer: filing?.manufacturer ?? '',
    manufacturerInformedOn: filing?.manufacturerInformedOn ?? '',
    productKept: filing?.productKept ?? null,
    note: filing?.note ?? '',
  });
  const t = (key: string) => translate(`adverseEvents.filing.${key}`);
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const { byField } = useIssues();
  const issue = (field: string) => byField(send.error)[field];
  const line = (field: 'authority' | 'authorityReference' | 'manufacturer', label: string, max: number) => (
    <TextField
      label={label}
      value={draft[field]}
      onChange={({ target }) => set({ [field]: target.value })}
      slotProps={{ htmlInput: { maxLength: max } }}
    />
  );
  const day = (field: 'filedOn' | 'manufacturerInformedOn', label: string) => (
    <DateField
      label={label}
      value={draft[field]}
      max={today}
      onDate={(date) => set({ [field]: date })}
      error={Boolean(issue(field))}
      helperText={issue(field)}
    />
  );
  return (
    <FormDialog
      title={t('edit')}
      explain={t('editExplain')}
      submit={translate('app.action.save')}
      ready
      busy={send.isPending}
      error={send.error}
      onClose={onClose}
      onSubmit={() =>
        send.mutate(
          {
            params: { eventId: event.id },
            body: { ...draft, filedOn: draft.filedOn || null, manufacturerInformedOn: draft.manufacturerInformedOn || null },
            ifMatch: read,
          },
          {
            onSuccess: () => {
              notify(translate('app.saved'), { type: 'success' });
              onClose();
            },
          },
        )
      }
    >
      {line('authority', t('authority'), 200)}
      {line('authorityReference', t('reference'), 100)}
      {day('filedOn', t('filedOn'))}
      {line('manufacturer', t('manufacturer'), 200)}
      {day('manufacturerInformedOn', t('manufacturerInformedOn'))}
      <TextField
        select
        label={t('productKept')}
        value={draft.productKept ?? ''}
        onChange={({ target }) => set({ productKept: (target.value || null) as Draft['productKept'] })}
      >
        <MenuItem value="">{translate('adverseEvents.assess.notKnown')}</MenuItem>
        {KEPT.map((kept) => (
          <MenuItem key={kept} value={kept}>
            {t(`kept.${kept}`)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        label={t('note')}
        multiline
        minRows={2}
        value={draft.note}
        onChange={({ target }) => set({ note: target.value })}
        slotProps={{ htmlInput: { maxLength: 2000 } }}
      />
    </FormDialog>
  );
}
