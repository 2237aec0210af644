import { formatDetectionRule } from '../../domain/detectionRule.ts';
import { formatExitCodeMap } from '../../domain/exitCodeMap.ts';
import { licenseDeliveryOf, licenseDeliveryText } from '../../domain/licenseDelivery.ts';
import type { InstallationPackage } from '../../domain/model.ts';
import type { Translate } from '../../i18n/translate.ts';
import { dateText } from '../../shared/localTime.ts';
import { fieldLines } from './fieldLines.ts';

/** All about an installation package; what can be changed stands under the option that changes it. */
export const packageFieldLines = (t: Translate, one: InstallationPackage, license: string | null): string[] =>
  fieldLines([
    [t('cli.column.name'), one.name],
    [t('cli.column.version'), one.version],
    [t('cli.column.format'), one.format],
    [t('cli.column.platform'), one.platform],
    [t('cli.column.architecture'), one.architecture],
    [t('cli.column.dependencies'), one.dependencies.join(', ')],
    [t('cli.column.file'), one.content.fileName],
    [t('cli.column.bytes'), one.content.sizeBytes],
    ['SHA-256', one.content.sha256],
    [t('cli.column.createdAt'), dateText(one.createdAt)],
    [t('cli.column.id'), one.id],
    ['--command', one.command],
    ['--parameters', one.parameters],
    ['--detect', formatDetectionRule(one.detection)],
    ['--exit-codes', formatExitCodeMap(one.exitCodes)],
    ['--timeout', one.installTimeoutMs / 60_000],
    ['--license', license],
    ['--license-delivery', licenseDeliveryText(licenseDeliveryOf(one))],
  ]);
