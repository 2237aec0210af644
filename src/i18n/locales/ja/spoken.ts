import type { Same } from '../../messages.ts';
import type { spoken as english } from '../en/spoken.ts';

export const spoken = {
  start:
    'haifu スクリーンリーダーモード。Tab で隣の画面、矢印キーで移動、Enter で開く、? でキー一覧、Ctrl+L でもう一度読み上げ、q で終了。',
  left: 'haifu を終了しました。実行中の処理は続きます。',
  checked: 'チェック済み',
  unchecked: '未チェック',
  partly: '一部チェック済み',
  chosen: '選択中',
  notChosen: '未選択',
  expanded: '展開',
  collapsed: '折りたたみ',
  marked: 'マーク済み',
  masked: '非表示の {count} 文字',
  button: 'ボタン「{label}」',
  error: 'エラー：',
} satisfies Same<typeof english>;
