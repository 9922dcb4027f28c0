import { Alert, Box, Button, CircularProgress, Dialog, DialogActions, DialogContent, DialogTitle, Stack, TextField } from '@mui/material';
import { isBlocked } from '@vastus/clinical';
import { type Course, type Injection, type Product, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useAnswer, useSend } from '../api/queries.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { PatientLine } from '../ui/PatientLine.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { BaselineFields } from './BaselineFields.js';
import { useServerNow } from './clinicTime.js';
import { DetailFields } from './DetailFields.js';
import { type DraftErrors, draftOf, type InjectionDraft, missingIn, toRecord } from './draft.js';
import { FindingsPanel } from './FindingsPanel.js';
import { ProductFields } from './ProductFields.js';
import { SitePicker } from './SitePicker.js';
import { useFieldErrors } from './useFieldErrors.js';
import { joined, type KnownFacts, useFacts, useRules } from './useRules.js';

interface AmendInjectionProps {
  injection: Injection;
  onClose: () => void;
}

/** A corrected version of an injection. The dose has been given: where a rule would have stopped it, the truth is recorded (REC-TRUTH). */
export function AmendInjection({ injection, onClose }: AmendInjectionProps) {
  const translate = useTranslate();
  const courses = useAnswer(ROUTES.listCourses, { params: { patientId: injection.patient.id } });
  const products = useAnswer(ROUTES.listProducts, {});
  const { known, error } = useFacts(injection.patient.id);
  const problem = courses.error ?? products.error ?? error;
  const ready = courses.data && products.data && known;
  return (
    <Dialog open onClose={(_, why) => why === 'escapeKeyDown' && onClose()} fullWidth maxWidth="lg" aria-labelledby="amend-title">
      <DialogTitle id="amend-title">{translate('injections.actions.amendTitle')}</DialogTitle>
      {ready ? (
        <AmendForm injection={injection} courses={courses.data.items} products={products.data.items} known={known} onClose={onClose} />
      ) : (
        <DialogContent>
          {problem ? <ProblemAlert error={problem} /> : <CircularProgress aria-label={translate('app.problem.loading')} />}
        </DialogContent>
      )}
    </Dialog>
  );
}

function AmendForm({
  injection,
  courses,
  products,
  known,
  onClose,
}: AmendInjectionProps & { courses: Course[]; products: Product[]; known: KnownFacts }) {
  const translate = useTranslate();
  const notice = useChangesNotice();
  const serverNow = useServerNow();
  const [now] = useState(serverNow);
  const [draft, setDraft] = useState<InjectionDraft>(() => draftOf(injection));
  const [reason, setReason] = useState('');
  const [own, setOwn] = useState<DraftErrors>({});
  const amend = useSend(ROUTES.amendInjection);

  const course = courses.find(({ id }) => id === draft.courseId);
  const product =
    products.find(({ id }) => id === (draft.courseId === injection.courseId ? injection.productId : course?.productId)) ?? null;
  const lots = useAnswer(ROUTES.listLots, { query: { productId: product?.id ?? '', limit: 100 } }, { enabled: product !== null });
  const lot = lots.data?.items.find(({ id }) => id === draft.lotId) ?? null;
  const rules = useRules(draft, { known, product, lot, now, amendsInjectionId: injection.id });
  const site = draft.route === 'IM' ? draft.site : null;
  const findings = joined(rules.findings, amend.error?.findings ?? []);
  const blocked = isBlocked(findings);
  const errors = useFieldErrors(own, amend.error);
  const change = (part: Partial<InjectionDraft>) => setDraft((before) => ({ ...before, ...part }));
  const t = (key: string) => translate(`injections.actions.${key}`);

  const save = () => {
    const { identityChecked: _, ...missing } = missingIn(draft, site, serverNow());
    setOwn(missing);
    if (!product || Object.keys(missing).length > 0) return;
    const truth = blocked ? { alreadyGiven: { reason } } : {};
    amend.mutate(
      {
        params: { injectionId: injection.id },
        body: { ...toRecord(draft, { product, site, now }), selfReported: injection.selfReported, ...truth, amendReason: reason },
      },
      {
        onSuccess: ({ changes }) => {
          notice(t('amended'), changes);
          onClose();
        },
      },
    );
  };

  return (
    <>
      <DialogContent>
        <Stack sx={{ gap: 2.5 }}>
          <PatientLine patient={injection.patient} linked={false} />
          <Box sx={{ display: 'grid', gap: 3, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) minmax(0, 1fr)' } }}>
            <Stack sx={{ gap: 2.5 }}>
              <ProductFields
                draft={draft}
                onChange={change}
                courses={courses}
                product={product}
                lots={lots.data?.items ?? []}
                lotsLoading={lots.isPending}
                errors={errors}
              />
              <BaselineFields value={draft.baseline} onChange={(baseline) => change({ baseline })} />
              <DetailFields draft={draft} onChange={change} now={now} errors={errors} />
            </Stack>
            <Stack sx={{ gap: 2.5 }}>
              {draft.route === 'IM' && (
                <SitePicker
                  advice={rules.advice}
                  site={site}
                  advised={false}
                  onSite={(chosen) => change({ site: chosen })}
                  skinFindings={draft.skinFindings}
                  onSkinFindings={(skinFindings) => change({ skinFindings })}
                  error={errors('site')}
                />
              )}
              <FindingsPanel findings={findings} />
            </Stack>
          </Box>
          {blocked && <Alert severity="warning">{t('amendAgainstStop')}</Alert>}
          <TextField
            label={t('amendReason')}
            helperText={translate('app.reason.help')}
            required
            multiline
            value={reason}
            onChange={({ target }) => setReason(target.value)}
            slotProps={{ htmlInput: { maxLength: 2000 } }}
          />
          <ProblemAlert error={amend.error} />
        </Stack>
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5 }}>
        <Button onClick={onClose} disabled={amend.isPending}>
          {translate('app.action.cancel')}
        </Button>
        <Button variant="contained" onClick={save} disabled={reason.trim().length < 10 || amend.isPending}>
          {t('amendConfirm')}
        </Button>
      </DialogActions>
    </>
  );
}
