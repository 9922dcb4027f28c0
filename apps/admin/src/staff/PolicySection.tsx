import { Button, Checkbox, FormControlLabel, FormGroup, FormHelperText, FormLabel, Stack, TextField } from '@mui/material';
import { ROLES, type Role } from '@vastus/clinical';
import { ROUTES, type SignInPolicy } from '@vastus/contract';
import { type FormEvent, useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useVersionRead } from '../api/useVersionRead.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Section } from '../ui/Section.js';

/** Which roles need a second factor here, and how long a screen may stand untouched. */
export function PolicySection({ policy }: { policy: SignInPolicy }) {
  const translate = useTranslate();
  const notify = useNotify();
  const edit = useSend(ROUTES.editSignInPolicy);
  const [roles, setRoles] = useState<readonly Role[]>(policy.secondFactorRoles);
  const [idle, setIdle] = useState(String(policy.idleMinutes));
  const t = (key: string) => translate(`staff.policy.${key}`);
  const idleMinutes = Number(idle);
  const isPossible = Number.isInteger(idleMinutes) && idleMinutes >= 5 && idleMinutes <= 720;
  const isSame =
    idleMinutes === policy.idleMinutes && ROLES.every((role) => roles.includes(role) === policy.secondFactorRoles.includes(role));
  const read = useVersionRead(policy.version, !isSame);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    edit.mutate(
      { body: { secondFactorRoles: [...roles], idleMinutes }, ifMatch: read },
      { onSuccess: () => notify(translate('app.saved'), { type: 'success' }) },
    );
  };
  return (
    <Section title={t('title')}>
      <Stack component="form" noValidate onSubmit={submit} sx={{ gap: 2.5, maxWidth: 560 }}>
        <ProblemAlert error={edit.error} />
        <FormGroup role="group" aria-labelledby="second-factor-roles">
          <FormLabel id="second-factor-roles">{t('roles')}</FormLabel>
          <Stack direction="row" sx={{ flexWrap: 'wrap' }}>
            {ROLES.map((role) => (
              <FormControlLabel
                key={role}
                label={translate(`app.role.${role}`)}
                control={
                  <Checkbox
                    checked={roles.includes(role)}
                    onChange={(_, checked) => setRoles(checked ? [...roles, role] : roles.filter((other) => other !== role))}
                  />
                }
              />
            ))}
          </Stack>
          <FormHelperText sx={{ mx: 0 }}>{t('rolesHelp')}</FormHelperText>
        </FormGroup>
        <TextField
          label={t('idle')}
          type="number"
          value={idle}
          onChange={(event) => setIdle(event.target.value)}
          error={!isPossible}
          helperText={t('idleHelp')}
          slotProps={{ htmlInput: { min: 5, max: 720, step: 5 } }}
        />
        <Button type="submit" variant="contained" disabled={isSame || !isPossible || edit.isPending} sx={{ alignSelf: 'flex-start' }}>
          {t('save')}
        </Button>
      </Stack>
    </Section>
  );
}
