import { KeyOutlined } from '@mui/icons-material';
import {
  Box,
  Button,
  Checkbox,
  FormControlLabel,
  FormGroup,
  FormLabel,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  TextField,
  Typography,
} from '@mui/material';
import type { Role } from '@vastus/clinical';
import { type ApiKey, allows, KEY_SCOPES, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { useAnswer, useSend } from '../api/queries.js';
import { useFormat } from '../format.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FormDialog } from '../ui/FormDialog.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Section } from '../ui/Section.js';
import { Sideways } from '../ui/Sideways.js';
import { StatusTag } from '../ui/StatusTag.js';
import { RoleField, ShownOnce } from './InviteDialog.js';

const TONES = { active: 'success', expired: 'warning', revoked: 'neutral' } as const;
const STATES = { active: 'active', expired: 'expired', revoked: 'ended' } as const;

/** The clinic's keys for machines, those that ended included. */
export function KeySection() {
  const translate = useTranslate();
  const format = useFormat();
  const notify = useNotify();
  const keys = useAnswer(ROUTES.listApiKeys, {});
  const revoke = useSend(ROUTES.revokeApiKey);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<{ key: ApiKey; token: string } | null>(null);
  const t = (key: string, options?: Record<string, unknown>) => translate(`staff.keys.${key}`, options);
  const items = keys.data?.items ?? [];
  return (
    <Section
      title={t('title')}
      subtitle={t('text')}
      flush
      actions={
        <Button variant="outlined" startIcon={<KeyOutlined />} onClick={() => setMaking(true)}>
          {t('make')}
        </Button>
      }
    >
      <ProblemAlert error={keys.error ?? revoke.error} onRetry={() => void keys.refetch()} />
      {keys.data && items.length === 0 && <EmptyState text={t('none')} />}
      {items.length > 0 && (
        <Sideways label={t('title')}>
          <Table>
            <TableHead>
              <TableRow>
                <TableCell>{t('name')}</TableCell>
                <TableCell>{t('may')}</TableCell>
                <TableCell>{t('expires')}</TableCell>
                <TableCell>{t('used')}</TableCell>
                <TableCell>{translate('staff.actions')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {items.map((key) => (
                <TableRow key={key.id}>
                  <TableCell>
                    <strong>{key.name}</strong> <StatusTag tone={TONES[key.state]}>{t(STATES[key.state])}</StatusTag>
                    <Typography variant="caption" component="div" color="text.secondary" className="tabular">
                      {key.prefix}… · {translate(`app.role.${key.role}`)}
                    </Typography>
                  </TableCell>
                  <TableCell>{key.scopes.map((scope) => t(`scope.${scope.replace('.', '-')}`)).join(', ')}</TableCell>
                  <TableCell className="tabular">{format.instant(key.expiresAt)}</TableCell>
                  <TableCell className="tabular">{key.lastUsedAt ? format.instant(key.lastUsedAt) : t('never')}</TableCell>
                  <TableCell>
                    {key.state === 'active' && (
                      <Button
                        size="small"
                        color="error"
                        aria-label={t('revokeOf', { name: key.name })}
                        disabled={revoke.isPending}
                        onClick={() =>
                          revoke.mutate({ params: { keyId: key.id } }, { onSuccess: () => notify(t('revoked'), { type: 'success' }) })
                        }
                      >
                        {t('revoke')}
                      </Button>
                    )}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Sideways>
      )}
      {making && (
        <KeyDialog
          onClose={() => setMaking(false)}
          onMade={(key) => {
            setMaking(false);
            setMade(key);
          }}
        />
      )}
      {made && (
        <ShownOnce
          title={t('shownTitle')}
          text={t('shownText', { name: made.key.name })}
          label={t('key')}
          secret={made.token}
          copy={t('copy')}
          copied={t('copied')}
          onClose={() => setMade(null)}
        />
      )}
    </Section>
  );
}

function KeyDialog({ onClose, onMade }: { onClose: () => void; onMade: (made: { key: ApiKey; token: string }) => void }) {
  const translate = useTranslate();
  const create = useSend(ROUTES.createApiKey);
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('nurse');
  const [chosen, setChosen] = useState<readonly (typeof KEY_SCOPES)[number][]>([]);
  const [days, setDays] = useState('90');
  const t = (key: string) => translate(`staff.keys.${key}`);
  const possible = KEY_SCOPES.filter((scope) => allows(role, scope));
  const scopes = possible.filter((scope) => chosen.includes(scope));
  const expiresInDays = Number(days);
  const isInTime = Number.isInteger(expiresInDays) && expiresInDays >= 1 && expiresInDays <= 366;
  return (
    <FormDialog
      title={t('makeTitle')}
      explain={t('makeText')}
      submit={t('make')}
      ready={name.trim() !== '' && scopes.length > 0 && isInTime}
      busy={create.isPending}
      error={create.error}
      onClose={onClose}
      onSubmit={() => create.mutate({ body: { name: name.trim(), role, scopes, expiresInDays } }, { onSuccess: onMade })}
    >
      <TextField
        label={t('name')}
        helperText={t('nameHelp')}
        autoFocus
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
        slotProps={{ htmlInput: { maxLength: 80 } }}
      />
      <RoleField value={role} onChange={setRole} />
      <FormGroup role="group" aria-labelledby="key-scopes">
        <FormLabel id="key-scopes">{t('may')}</FormLabel>
        <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
          {possible.map((scope) => (
            <FormControlLabel
              key={scope}
              label={t(`scope.${scope.replace('.', '-')}`)}
              control={
                <Checkbox
                  checked={chosen.includes(scope)}
                  onChange={(_, checked) => setChosen(checked ? [...chosen, scope] : chosen.filter((other) => other !== scope))}
                />
              }
            />
          ))}
        </Box>
      </FormGroup>
      <TextField
        label={t('days')}
        type="number"
        helperText={t('daysHelp')}
        error={!isInTime}
        value={days}
        onChange={(event) => setDays(event.target.value)}
        slotProps={{ htmlInput: { min: 1, max: 366 } }}
      />
    </FormDialog>
  );
}
