import type { Same } from '../../messages.ts';
import type { help as english } from '../en/help.ts';

export const help = {
  intro:
    'haifu は SSH 経由で多数のデバイスにソフトウェアをインストールします。左のツリーでパッケージまたはグループを選び、i を押すとリモートインストールウィザードが始まります。',
  runsGoOn: '実行は管理サーバーが行います。このコンソールを閉じても、接続が切れても続行されます。',
  firstSteps:
    '最初の手順: パッケージの追加(インストールパッケージで n)、デバイスの追加(未割り当てデバイスで n または I)、アカウントの追加(アカウントで n)、ホスト鍵の取得と信頼(デバイスで K、ホスト鍵で t)、そしてインストール(i)。',
  mouse:
    'マウスも使えます。クリックで選択、行頭で選択マーク、見出しで並べ替え、ダブルクリックで開き、右ボタンでメニューを表示します。Shift を押しながらなら、端末の文字選択がそのまま使えます。z m または --no-mouse でマウスを端末に任せます。',
  filter:
    '絞り込みには語と項目を使えます: web state:failed group:Tokyo/* !os:debian "two words"。Tab で項目名と値を補完します。操作の対象は、選択した行のうち絞り込みで表示されているものだけで、隠れている行は対象外です。',
  'context.firstSteps': 'はじめに',
  'context.global': 'コンソール全体',
  'context.list': 'すべての一覧',
  'context.tree': 'コンソールツリー',
  'context.table': '作業領域の表',
  'context.detail': '詳細',
  'context.run': '実行の画面',
  'context.runDevice': 'デバイスのログ',
  'context.menu': 'メニュー',
  'context.confirm': '確認ダイアログ',
  'context.form': '入力フォーム',
  'context.logSearch': 'ログの検索中',
  'context.filter': '絞り込み中',
  'context.pick': '入力で絞り込む一覧',
  'context.palette': '操作や項目を探しているとき',
  'context.report': 'このような文書',
  'context.always': '常時',
} satisfies Same<typeof english>;
