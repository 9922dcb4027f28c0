import { EventAvailableOutlined } from '@mui/icons-material';
import { Box, Button, LinearProgress, Stack, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { type DUE_PHASES, ROUTES, type TodayRow } from '@vastus/contract';
import { useEffect, useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useRows } from '../api/queries.js';
import { EmptyState } from '../ui/EmptyState.js';
import { MoreRows } from '../ui/MoreRows.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { ROOMY } from '../ui/RowsCard.js';
import { DoseRow, type TodayDialog } from './DoseRow.js';

/** So many of each kind where all kinds stand on one page. */
const PART = 6;

type Bucket = TodayRow['bucket'];
interface TodayListProps {
  bucket: Bucket;
  query: { productId?: string; phase?: (typeof DUE_PHASES)[number] };
  /** One of several on the page: its beginning, and the way to the rest. `of` is how many there are, where that is known. */
  part?: { of: number | null; onAll: () => void };
  /** Dialogs belong to the page: what they do may take the last row of a list, and the list, away from under them. */
  onDialog: (dialog: TodayDialog) => void;
  onLoaded?: () => void;
}

interface TodayPartsProps extends Pick<TodayListProps, 'query' | 'onDialog'> {
  buckets: readonly Bucket[];
  countOf: (bucket: Bucket) => number | null;
  onAll: (bucket: Bucket) => void;
}

/** The beginnings of all lists under each other. A list shows once those above it are there: nothing moves under the finger. */
export function TodayParts({ buckets, query, countOf, onAll, onDialog }: TodayPartsProps) {
  const [loaded, setLoaded] = useState<readonly Bucket[]>([]);
  const arriving = buckets.findIndex((bucket) => !loaded.includes(bucket));
  return buckets.map((bucket, place) => (
    <Box key={bucket} sx={{ display: arriving !== -1 && place > arriving ? 'none' : undefined }}>
      <TodayList
        bucket={bucket}
        query={query}
        onDialog={onDialog}
        onLoaded={() => setLoaded((before) => (before.includes(bucket) ? before : [...before, bucket]))}
        part={{ of: countOf(bucket), onAll: () => onAll(bucket) }}
      />
    </Box>
  ));
}

/** One row is one dose of one course. */
export function TodayList({ bucket, query, part, onDialog, onLoaded }: TodayListProps) {
  const translate = useTranslate();
  const heading = useId();
  const list = useRows(ROUTES.readToday, { query: { bucket, ...query, ...(part ? { limit: PART } : {}) } });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the first answer is there
  useEffect(() => {
    if (!list.isPending) onLoaded?.();
  }, [list.isPending]);

  if (list.error) return <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <LinearProgress aria-label={translate('app.problem.loading')} />;
  if (list.rows.length === 0)
    return part ? null : <EmptyState icon={<EventAvailableOutlined />} text={translate(`home.nurse.empty.${bucket}`)} />;
  const more = part && (list.hasNextPage || (part.of !== null && part.of > list.rows.length));
  return (
    <Box
      component="section"
      aria-labelledby={part && heading}
      sx={{ opacity: list.isPlaceholderData ? 0.5 : 1, position: 'relative', overflowX: 'auto' }}
    >
      {part && (
        <Stack
          direction="row"
          sx={({ palette }) => ({ alignItems: 'center', gap: 2, px: 2, minHeight: 44, bgcolor: palette.surface.sunken })}
        >
          <Typography id={heading} component="h2" variant="subtitle2" sx={{ flex: 1 }}>
            {translate(`home.nurse.${bucket}`)}
          </Typography>
          {more && (
            <Button
              size="small"
              onClick={part.onAll}
              aria-label={`${translate(`home.nurse.${bucket}`)}: ${translate('home.nurse.showAll')}`}
            >
              {part.of === null ? translate('home.nurse.showAll') : translate('home.nurse.showAllOf', { count: part.of })}
            </Button>
          )}
        </Stack>
      )}
      <Table aria-labelledby={part ? heading : `today-tab-${bucket}`}>
        <TableHead sx={part && { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' }}>
          <TableRow>
            <TableCell>{translate('home.nurse.patient')}</TableCell>
            <TableCell sx={ROOMY}>{translate('home.nurse.product')}</TableCell>
            <TableCell>{translate(bucket === 'done' ? 'home.nurse.site' : 'home.nurse.dueOn')}</TableCell>
            <TableCell align="right">{translate('home.nurse.actions')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {list.rows.map((row) => (
            <DoseRow key={`${row.courseId}/${row.injectionId ?? ''}`} row={row} onDialog={onDialog} />
          ))}
        </TableBody>
      </Table>
      {!part && <MoreRows {...list} />}
    </Box>
  );
}
