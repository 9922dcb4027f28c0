import { AddOutlined } from '@mui/icons-material';
import { Box, Button, TextField, Typography } from '@mui/material';
import { gtin14 } from '@vastus/clinical';
import { type Product, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { useAnswer, useSend } from '../api/queries.js';
import { useSession } from '../session/useSession.js';
import { FormDialog } from '../ui/FormDialog.js';
import { Section } from '../ui/Section.js';

/** The numbers on the boxes of each product: what a scanner reads, and by which it finds the product. */
export function ProductNumbers() {
  const translate = useTranslate();
  const { may } = useSession();
  const products = useAnswer(ROUTES.listProducts, {});
  const [adding, setAdding] = useState<Product | null>(null);
  const t = (key: string) => translate(`lots.boxes.${key}`);
  return (
    <Section title={t('title')} subtitle={t('subtitle')} flush>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {(products.data?.items ?? [])
          .filter(({ active }) => active)
          .map((product) => (
            <Box
              component="li"
              key={product.id}
              sx={{
                ...{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1.4fr) auto', alignItems: 'center' },
                ...{ px: 2.5, py: 1, borderTop: 1, borderColor: 'divider' },
              }}
            >
              <Typography variant="body2" sx={{ fontWeight: 600 }}>
                {product.name}
              </Typography>
              <Typography variant="body2" className="tabular" color={product.gtins.length ? 'text.primary' : 'text.secondary'}>
                {product.gtins.join(', ') || t('none')}
              </Typography>
              {may('product.change') && (
                <Button
                  size="small"
                  startIcon={<AddOutlined />}
                  onClick={() => setAdding(product)}
                  aria-label={`${t('add')}: ${product.name}`}
                >
                  {t('add')}
                </Button>
              )}
            </Box>
          ))}
      </Box>
      {adding && <AddNumber product={adding} onClose={() => setAdding(null)} />}
    </Section>
  );
}

function AddNumber({ product, onClose }: { product: Product; onClose: () => void }) {
  const translate = useTranslate();
  const notify = useNotify();
  const send = useSend(ROUTES.addGtin);
  const [code, setCode] = useState('');
  const t = (key: string) => translate(`lots.boxes.${key}`);
  const typed = code.replace(/\D/g, '').length >= 8;
  const wrong = typed && gtin14(code) === null;
  const taken = send.error?.code === 'already-exists';
  return (
    <FormDialog
      title={t('add')}
      explain={product.name}
      submit={t('add')}
      ready={gtin14(code) !== null}
      busy={send.isPending}
      error={taken ? null : send.error}
      onClose={onClose}
      onSubmit={() =>
        send.mutate(
          { params: { productId: product.id }, body: { gtin: code } },
          {
            onSuccess: () => {
              notify(translate('app.saved'), { type: 'success' });
              onClose();
            },
          },
        )
      }
    >
      <TextField
        autoFocus
        required
        label={t('number')}
        value={code}
        onChange={({ target }) => setCode(target.value)}
        error={wrong || taken}
        helperText={taken ? t('taken') : wrong ? t('wrong') : t('help')}
        slotProps={{ htmlInput: { maxLength: 20, inputMode: 'numeric', autoComplete: 'off' } }}
      />
    </FormDialog>
  );
}
