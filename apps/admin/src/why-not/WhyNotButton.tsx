import { HelpOutlineOutlined } from '@mui/icons-material';
import { Button } from '@mui/material';
import type { Chart } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { WhyNotDialog } from './WhyNotDialog.js';

export function WhyNotButton({ chart }: { chart: Chart }) {
  const translate = useTranslate();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" className="no-print" startIcon={<HelpOutlineOutlined />} onClick={() => setOpen(true)}>
        {translate('whyNot.open')}
      </Button>
      {open && <WhyNotDialog chart={chart} onClose={() => setOpen(false)} />}
    </>
  );
}
