import type { Same } from '../../messages.ts';
import type { demo as english } from '../en/demo.ts';

export const demo = {
  summary: '内蔵のデモ用デバイス群ですべてを試します（このマシン自体には変更を加えません）',
  optionDevices: 'デバイスの台数、10～200（既定値 12）',
  optionHeadless: 'コンソールを開かずに、インストールを 1 回実行して進行状況を表示します',
  preparing:
    'デバイス {count} 台を起動しています。このマシン上の本物の SSH サーバーで、それぞれ専用のフォルダーを持ちます…',
  ready: '管理者が行うのと同じ手順で、パッケージ・アカウント・デバイスを登録しました。',
  expected:
    'すべて想定どおりです。1 台は電源オフ、1 台はホスト鍵が変更されています。1 台は 2 番目のアカウントでログインし、1 台は 2 回失敗した後に成功し、1 台は再起動しました。',
  unexpected: 'デモの想定とは異なる結果です。理由は上に表示されています。',
  reopen: 'デモを終えると、そのデバイスもなくなります。コンソールをもう一度開きますか?',
  cleaning: 'デモ用デバイスとそのデータを削除しています。',
  restartMessage: 'アプリケーションがインストールされました。このデバイスは再起動が必要です。',
} satisfies Same<typeof english>;
