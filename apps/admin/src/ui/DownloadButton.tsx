import { DownloadOutlined } from '@mui/icons-material';
import { Button } from '@mui/material';
import type { RouteShape } from '@vastus/contract';
import { useNotify, useTranslate } from 'react-admin';
import type { Sent } from '../api/client.js';
import { useDownload } from '../api/useDownload.js';

interface DownloadButtonProps<R extends RouteShape> {
  route: R;
  sent: Sent<R>;
  label: string;
  /** For an answer that is no file of its own. */
  fileName?: string;
}

/** Keeps a file; the audit trail keeps that it was kept. */
export function DownloadButton<R extends RouteShape>({ route, sent, label, fileName }: DownloadButtonProps<R>) {
  const translate = useTranslate();
  const notify = useNotify();
  const { mutate, isPending } = useDownload(route, fileName);
  return (
    <Button
      variant="outlined"
      startIcon={<DownloadOutlined />}
      disabled={isPending}
      onClick={() => mutate(sent, { onError: (problem) => notify(translate(`app.problem.${problem.code ?? 'title'}`), { type: 'error' }) })}
    >
      {label}
    </Button>
  );
}
