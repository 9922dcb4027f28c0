import { Box, Card, LinearProgress, Stack, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { EmptyState } from './EmptyState.js';
import { MoreRows } from './MoreRows.js';
import { ProblemAlert } from './ProblemAlert.js';
import { Sideways } from './Sideways.js';

/** A cell for which a tablet has no room: what it says stands in another one there. */
export const ROOMY = { display: { xs: 'none', lg: 'table-cell' } } as const;
/** That other place. */
export const ON_TABLET = { display: { lg: 'none' } } as const;
interface RoomyColumn {
  roomy: string;
}

interface RowsCardProps {
  /** The answer of `useRows`. */
  list: {
    rows: readonly unknown[];
    isFetching: boolean;
    isFetchingNextPage: boolean;
    isSuccess: boolean;
    hasNextPage: boolean;
    error: unknown;
    refetch: () => unknown;
    fetchNextPage: () => unknown;
  };
  label: string;
  filters?: ReactNode;
  columns: readonly (ReactNode | RoomyColumn)[];
  empty: { text: string; icon?: ReactNode; action?: ReactNode };
  children: ReactNode;
}

/** A keyset list as a card: filters, progress, what went wrong, nothing there, and the rows with the way to the next. */
export function RowsCard({ list, label, filters, columns, empty, children }: RowsCardProps) {
  const translate = useTranslate();
  return (
    <Card>
      {filters && (
        <Stack
          direction="row"
          role="search"
          aria-label={label}
          sx={{ p: 2, gap: 1.5, flexWrap: 'wrap', alignItems: 'flex-start', '& > *': { flex: '0 1 auto' } }}
        >
          {filters}
        </Stack>
      )}
      <Box sx={{ height: 4 }}>
        {list.isFetching && !list.isFetchingNextPage && <LinearProgress aria-label={translate('app.problem.loading')} />}
      </Box>
      {list.error ? (
        <Box sx={{ p: 2 }}>
          <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
        </Box>
      ) : null}
      {list.isSuccess && list.rows.length === 0 && <EmptyState {...empty} />}
      {list.rows.length > 0 && (
        // Scrolled sideways by keyboard, too.
        <Sideways label={label}>
          <Table sx={{ '& th, & td': { px: { xs: 1, lg: 2 } }, '& th:first-of-type, & td:first-of-type': { pl: 2 } }}>
            <TableHead>
              <TableRow>
                {columns.map((column) =>
                  isRoomy(column) ? (
                    <TableCell key={column.roomy} sx={ROOMY}>
                      {column.roomy}
                    </TableCell>
                  ) : (
                    <TableCell key={typeof column === 'string' ? column : 'actions'}>{column}</TableCell>
                  ),
                )}
              </TableRow>
            </TableHead>
            <TableBody>{children}</TableBody>
          </Table>
          <MoreRows {...list} />
        </Sideways>
      )}
    </Card>
  );
}

const isRoomy = (column: ReactNode | RoomyColumn): column is RoomyColumn =>
  typeof column === 'object' && column !== null && 'roomy' in column;
