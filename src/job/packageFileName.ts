/**
 * The name under which the package's file lies on the device: package tools go by its ending, and no character
 * of it means anything to a shell or a package tool.
 */
export function safeFileName(fileName: string): string {
  const safe = fileName
    .replace(/[^A-Za-z0-9._+~-]/gu, '_')
    .replace(/^[.-]+/, '_')
    .slice(-120);
  return `package-${safe}`;
}
