/** An address with its port as people write it: `web01:2222`, `[fe80::1]:2222`; without one, the address alone. */
export function endpointText({ address, port }: { address: string; port: number | null }): string {
  if (port === null) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
