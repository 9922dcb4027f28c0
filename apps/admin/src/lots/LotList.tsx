import { InventoryOutlined } from '@mui/icons-material';
import { Box, Button, MenuItem, Stack, TableCell, TableRow, TextField, Typography } from '@mui/material';
import { addDays } from '@vastus/clinical';
import { type Lot, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { Link, useNavigate } from 'react-router-dom';
import { useAnswer, useRows, useSend } from '../api/queries.js';
import { useIssues } from '../api/useIssues.js';
import { useVersionRead } from '../api/useVersionRead.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useAsked } from '../search/useAsked.js';
import { useSession } from '../session/useSession.js';
import { DateField } from '../ui/DateField.js';
import { FilterSelect } from '../ui/FilterSelect.js';
import { FormDialog } from '../ui/FormDialog.js';
import { Page } from '../ui/Page.js';
import { ReasonDialog } from '../ui/ReasonDialog.js';
import { ON_TABLET, ROOMY, RowsCard } from '../ui/RowsCard.js';
import { Segmented } from '../ui/Segmented.js';
import { StatusTag } from '../ui/StatusTag.js';
import { useUrlFilter } from '../ui/useUrlFilter.js';
import { ProductNumbers } from './ProductNumbers.js';

type Status = Lot['status'];

const NEXT: Readonly<Record<Status, readonly Status[]>> = {
  usable: ['on-hold', 'recalled'],
  'on-hold': ['usable', 'recalled'],
  recalled: ['usable'],
};
/** Vials that end within this time are used first. */
const SOON_DAYS = 60;

const SHOWN = ['usable', 'stopped', 'all'] as const;

export function LotList() {
  const translate = useTranslate();
  const { may } = useSession();
  const { filter, set, any } = useUrlFilter('product', 'show');
  const products = useAnswer(ROUTES.listProducts, {});
  const shown = SHOWN.find((one) => one === filter.show) ?? 'usable';
  const list = useRows(ROUTES.listLots, {
    query: {
      productId: filter.product,
      usable: shown === 'usable' ? 'true' : undefined,
      stopped: shown === 'stopped' ? 'true' : undefined,
    },
  });
  const [receiving, setReceiving] = useState(false);
  useAsked('receive-lot', () => setReceiving(true));
  const t = (key: string) => translate(`lots.${key}`);
  const receive = may('lot.receive') && (
    <Button variant="contained" startIcon={<InventoryOutlined />} onClick={() => setReceiving(true)}>
      {t('receive')}
    </Button>
  );
  return (
    <Page title={t('title')} actions={receive}>
      <RowsCard
        list={list}
        label={t('title')}
        columns={[
          t('number'),
          { roomy: t('product') },
          t('expires'),
          t('status'),
          { roomy: t('received') },
          t('given'),
          translate('injections.list.actions'),
        ]}
        empty={{ text: t(any ? 'noneFound' : 'noneUsable'), icon: <InventoryOutlined /> }}
        filters={
          <>
            <FilterSelect
              label={t('product')}
              value={filter.product}
              onChange={(product) => set({ product })}
              options={(products.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              minWidth={240}
            />
            <Segmented
              label={t('show')}
              hideLabel
              value={shown}
              onChange={(next) => set({ show: next === 'usable' ? null : next })}
              options={SHOWN.map((value) => ({ value, label: t(`shown.${value}`) }))}
            />
          </>
        }
      >
        {list.rows.map((lot) => (
          <Row key={lot.id} lot={lot} />
        ))}
      </RowsCard>
      {/* Not before the lots are there: it would be pushed down by them. */}
      {!list.isPending && (
        <Box sx={{ mt: 3 }}>
          <ProductNumbers />
        </Box>
      )}
      {receiving && <ReceiveLot onClose={() => setReceiving(false)} />}
    </Page>
  );
}

function Row({ lot }: { lot: Lot }) {
  const translate = useTranslate();
  const words = useWords();
  const format = useFormat();
  const { may, today } = useSession();
  const t = (key: string, options?: Record<string, unknown>) => translate(`lots.${key}`, options);
  return (
    <TableRow>
      <TableCell sx={{ fontWeight: 620 }} className="tabular">
        {lot.lotNumber}
        <Typography variant="caption" component="div" color="text.secondary" sx={ON_TABLET}>
          {lot.productName}
        </Typography>
      </TableCell>
      <TableCell sx={ROOMY}>{lot.productName}</TableCell>
      <TableCell className="tabular" sx={{ whiteSpace: 'nowrap' }}>
        {format.date(lot.expiresOn)} <Expiry lot={lot} />
      </TableCell>
      <TableCell>
        {/* "Usable" beside "Expired" would say two things at once. */}
        {(lot.status !== 'usable' || lot.expiresOn >= today) && (
          <StatusTag tone={lot.status === 'usable' ? 'success' : lot.status === 'recalled' ? 'danger' : 'warning'}>
            {words.word('lotStatus', lot.status)}
          </StatusTag>
        )}
        {lot.statusReason && (
          <Typography variant="caption" component="div" color="text.secondary">
            {lot.statusReason}
          </Typography>
        )}
      </TableCell>
      <TableCell className="tabular" sx={ROOMY}>
        {format.date(lot.receivedOn)}
      </TableCell>
      <TableCell className="tabular">
        {lot.injectionsGiven > 0 ? (
          <Button
            size="small"
            sx={{ px: 0.5, ml: -0.5, minWidth: 28, justifyContent: 'flex-start' }}
            component={Link}
            to={`/lots/${lot.id}/recall`}
            aria-label={t('injections', { smart_count: lot.injectionsGiven, number: lot.lotNumber })}
          >
            {lot.injectionsGiven}
          </Button>
        ) : (
          '0'
        )}
      </TableCell>
      <TableCell>{may('lot.change') && <StatusActions lot={lot} />}</TableCell>
    </TableRow>
  );
}

function Expiry({ lot }: { lot: Lot }) {
  const translate = useTranslate();
  const format = useFormat();
  const { today } = useSession();
  // The day printed on the vial is the last day of use.
  if (lot.expiresOn < today) return <StatusTag tone="danger">{translate('lots.expired')}</StatusTag>;
  if (lot.expiresOn <= addDays(today, SOON_DAYS)) return <StatusTag tone="warning">{format.relative(lot.expiresOn)}</StatusTag>;
  return null;
}

function StatusActions({ lot }: { lot: Lot }) {
  const translate = useTranslate();
  const notify = useNotify();
  const navigate = useNavigate();
  const change = useSend(ROUTES.changeLotStatus);
  const [to, setTo] = useState<Status | null>(null);
  const read = useVersionRead(lot.version, to !== null);
  const t = (key: string, options?: Record<string, unknown>) => translate(`lots.${key}`, options);
  return (
    <>
      <Stack sx={{ flexDirection: { xs: 'column', lg: 'row' }, alignItems: 'flex-start' }}>
        {NEXT[lot.status].map((status) => (
          <Button
            key={status}
            size="small"
            color={status === 'recalled' ? 'error' : 'primary'}
            onClick={() => {
              change.reset();
              setTo(status);
            }}
            aria-label={`${t(`to.${status}`)}: ${lot.lotNumber}`}
          >
            {t(`to.${status}`)}
          </Button>
        ))}
      </Stack>
      <ReasonDialog
        open={to !== null}
        title={to ? t(`asking.${to}`, { number: lot.lotNumber }) : ''}
        explain={to && t(`explain.${to}`, { smart_count: lot.injectionsGiven })}
        confirm={to ? t(`to.${to}`) : ''}
        tone={to === 'recalled' ? 'error' : 'primary'}
        busy={change.isPending}
        error={change.error}
        onClose={() => setTo(null)}
        onConfirm={(reason) =>
          to &&
          change.mutate(
            { params: { lotId: lot.id }, body: { status: to, reason }, ifMatch: read },
            {
              onSuccess: () => {
                setTo(null);
                notify(t(`done.${to}`, { number: lot.lotNumber }), { type: 'success' });
                // A recall is not done when the vials are put aside: who received it has to be told.
                if (to === 'recalled' && lot.injectionsGiven > 0) navigate(`/lots/${lot.id}/recall`);
              },
            },
          )
        }
      />
    </>
  );
}

function ReceiveLot({ onClose }: { onClose: () => void }) {
  const translate = useTranslate();
  const notify = useNotify();
  const { today } = useSession();
  const products = useAnswer(ROUTES.listProducts, {});
  const receive = useSend(ROUTES.receiveLot);
  const [draft, setDraft] = useState({ productId: '', lotNumber: '', expiresOn: '', receivedOn: today });
  const t = (key: string) => translate(`lots.${key}`);
  const issues = useIssues().byField(receive.error);
  const issue = (field: string) => issues[field];
  const set = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  return (
    <FormDialog
      title={t('receive')}
      submit={t('receiveConfirm')}
      ready={draft.productId !== '' && draft.lotNumber.trim() !== '' && draft.expiresOn !== '' && draft.receivedOn !== ''}
      busy={receive.isPending}
      error={receive.error ?? products.error}
      onClose={onClose}
      onSubmit={() =>
        receive.mutate(
          { body: { ...draft, lotNumber: draft.lotNumber.trim() } },
          {
            onSuccess: () => {
              notify(t('receivedNotice'), { type: 'success' });
              onClose();
            },
          },
        )
      }
    >
      <TextField
        select
        required
        label={t('product')}
        value={draft.productId}
        onChange={({ target }) => set({ productId: target.value })}
        error={Boolean(issue('productId'))}
        helperText={issue('productId')}
      >
        {(products.data?.items ?? [])
          .filter(({ active }) => active)
          .map(({ id, name }) => (
            <MenuItem key={id} value={id}>
              {name}
            </MenuItem>
          ))}
      </TextField>
      <TextField
        required
        autoFocus
        label={t('number')}
        value={draft.lotNumber}
        onChange={({ target }) => set({ lotNumber: target.value })}
        error={Boolean(issue('lotNumber'))}
        helperText={issue('lotNumber') ?? t('numberHelp')}
        slotProps={{ htmlInput: { maxLength: 20, autoComplete: 'off', spellCheck: false } }}
      />
      <DateField
        required
        label={t('expires')}
        value={draft.expiresOn}
        onDate={(expiresOn) => set({ expiresOn })}
        error={Boolean(issue('expiresOn'))}
        helperText={issue('expiresOn') ?? t('expiresHelp')}
      />
      <DateField
        required
        label={t('received')}
        value={draft.receivedOn}
        max={today}
        onDate={(receivedOn) => set({ receivedOn })}
        error={Boolean(issue('receivedOn'))}
        helperText={issue('receivedOn')}
      />
      {draft.expiresOn !== '' && draft.expiresOn < today && <StatusTag tone="danger">{t('expired')}</StatusTag>}
    </FormDialog>
  );
}

export default LotList;
