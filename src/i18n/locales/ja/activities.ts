import type { Same } from '../../messages.ts';
import type { activities as english } from '../en/activities.ts';

export const activities = {
  waitingForLock: 'デバイス上の別のインストールの終了待ち',
  waitingForRetry: '再試行待ち',
  waitingForUser: 'ユーザーの応答待ち',
  waitingForReboot: '再起動からの復帰待ち',
  waitingForOtherRun: 'このデバイスの別の実行の終了待ち',
  waitingForSeat: 'ライセンスの空きを待機中',
  leavingInstaller: '完了待ち: 実行中のインストーラーは中断しません',
  endingInstaller: '強制終了中: 実行中のインストーラー',
  reconnecting: '再接続中',
} satisfies Same<typeof english>;
