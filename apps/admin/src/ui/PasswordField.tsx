import { VisibilityOffOutlined, VisibilityOutlined } from '@mui/icons-material';
import { IconButton, InputAdornment, TextField, type TextFieldProps } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';

type PasswordFieldProps = Omit<TextFieldProps, 'type' | 'onChange' | 'slotProps'> & {
  /** What a password store does with it. */
  autoComplete: 'current-password' | 'new-password';
  onText: (text: string) => void;
};

/** A password that can be looked at while it is typed. */
export function PasswordField({ onText, ...field }: PasswordFieldProps) {
  const translate = useTranslate();
  const [visible, setVisible] = useState(false);
  return (
    <TextField
      size="medium"
      required
      {...field}
      type={visible ? 'text' : 'password'}
      onChange={(event) => onText(event.target.value)}
      slotProps={{
        inputLabel: { required: false },
        htmlInput: { maxLength: 200 },
        input: {
          endAdornment: (
            <InputAdornment position="end">
              <IconButton
                edge="end"
                onClick={() => setVisible(!visible)}
                aria-label={translate(visible ? 'app.signIn.hidePassword' : 'app.signIn.showPassword')}
              >
                {visible ? <VisibilityOffOutlined /> : <VisibilityOutlined />}
              </IconButton>
            </InputAdornment>
          ),
        },
      }}
    />
  );
}
