import { CheckOutlined, ContentCopyOutlined } from '@mui/icons-material';
import { Button } from '@mui/material';
import { useState } from 'react';

/** Puts a text on the clipboard, where the browser allows it, and says that it did. */
export function CopyButton({ text, label, done }: { text: string; label: string; done: string }) {
  const [copied, setCopied] = useState(false);
  // Browsers keep the clipboard from pages that came without encryption: there the text is marked and copied by hand.
  if (!navigator.clipboard) return null;
  return (
    <Button
      variant="outlined"
      startIcon={copied ? <CheckOutlined /> : <ContentCopyOutlined />}
      onClick={() =>
        void navigator.clipboard.writeText(text).then(
          () => setCopied(true),
          () => setCopied(false),
        )
      }
    >
      <span aria-live="polite">{copied ? done : label}</span>
    </Button>
  );
}
