import type { Same } from '../../messages.ts';
import type { states as english } from '../en/states.ts';

export const states = {
  waiting: '待機中',
  connecting: '接続中',
  checking: '確認中',
  transferring: '転送中',
  installing: 'インストール中',
  restarting: '再起動中',
  verifying: '検証中',
  cancelling: '中止処理中',
  succeeded: '成功',
  succeededWithWarning: '警告付きで成功',
  restartPending: '再起動待ち',
  failed: '失敗',
  skipped: 'スキップ',
  unreachable: '到達不能',
  cancelled: '中止',
  notStarted: '未開始',
  running: '実行中',
  finished: '完了',
} satisfies Same<typeof english>;
