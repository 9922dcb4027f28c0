import { Box } from '@mui/material';
import { type DeficiencyPictureFacts, PICTURE_ELEMENTS } from '@vastus/clinical';
import { useTranslate } from 'react-admin';
import { useWords } from '../i18n/useWords.js';
import { Segmented } from '../ui/Segmented.js';

interface PictureFieldsProps {
  value: DeficiencyPictureFacts;
  onChange: (value: DeficiencyPictureFacts) => void;
}

/** The five answers of DX-SEVERE: yes, no, or not known. */
export function PictureFields({ value, onChange }: PictureFieldsProps) {
  const translate = useTranslate();
  const { word } = useWords();
  return (
    <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
      {PICTURE_ELEMENTS.map((element) => (
        <Segmented<boolean>
          key={element}
          label={word('care', element)}
          options={[
            { value: true, label: translate('app.yes') },
            { value: false, label: translate('app.no') },
          ]}
          value={value[element]}
          clearable
          onChange={(answer) => onChange({ ...value, [element]: answer })}
        />
      ))}
    </Box>
  );
}
