import type { Outcome } from '../domain/failure.ts';
import type {
  Architecture,
  DetectionRule,
  ExitCodeMap,
  InstallationPackage,
  Platform,
} from '../domain/model.ts';

/** What a vendor's file says about itself. */
export interface DistributionPackage {
  readonly format: string;
  readonly name: string;
  readonly version: string;
  readonly platform: Platform;
  readonly architecture: Architecture;
  readonly dependencies: readonly string[];
  readonly plainDeb?: InstallationPackage['plainDeb'];
}

/** Random access to a distribution package's bytes. `read` returns fewer bytes only at the end of the file. */
export interface PackageSource {
  readonly fileName: string;
  readonly sizeBytes: number;
  read(offset: number, length: number): Promise<Buffer>;
}

/**
 * What the device's shell runs to install, as data. The script is POSIX sh; it finds the package's file in
 * `$HAIFU_PACKAGE`, an empty private working folder as its current directory, and the values in `environment`.
 */
export interface InstallPlan {
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Programs that the device must have: of each inner list, any one. */
  readonly tools: readonly (readonly string[])[];
}

/** One kind of installation package. Adding one is a file in formats/ and a line in registry.ts. */
export interface PackageFormat {
  readonly id: string;
  /** True when the file is of this format by its first bytes (up to 4 KiB); the name only breaks ties. */
  matches(fileName: string, head: Buffer): boolean;
  /** Reads name, version, architecture and dependencies on the jump host, without the vendor's tools. */
  read(source: PackageSource): Promise<Outcome<DistributionPackage>>;
  /** True when an installation package of this format is useless without an install command. */
  readonly needsCommand: boolean;
  defaultDetection(distribution: DistributionPackage): DetectionRule;
  readonly defaultExitCodes: ExitCodeMap;
  plan(installationPackage: InstallationPackage): InstallPlan;
}
