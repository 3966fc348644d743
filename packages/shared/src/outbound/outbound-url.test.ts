import { describe, expect, it } from 'vitest';
import { AppError } from '../errors/index.ts';
import { checkOutboundUrl } from './outbound-url.ts';
import { isReachable } from './public-address.ts';

/** Addresses that must not be called, as lists of request forgeries name them. */
const HOSTS = `
127.0.0.1 127.0.1.1 127.255.255.254 127.1 127.0.1 2130706433 0x7f000001 0x7f.0.0.1 0x7f.1 017700000001 0177.0.0.1 0177.1
0177.0000.0000.0001 0x7f.0x0.0x0.0x1 127.0.0.1. 127.0.0.0x1 0 0.0.0.0 0.0.0.1 00.00.00.00 0x0 10.0.0.1 10.255.255.255
10.1 012.0.0.1 0xa.0.0.1 167772161 172.16.0.1 172.31.255.255 172.20.1.1 192.168.0.1 192.168.1.254 3232235777 0xc0a80101
0300.0250.0.1 169.254.169.254 169.254.170.2 2852039166 0xa9fea9fe 0251.0376.0251.0376 0xa9.0xfe.0xa9.0xfe 169.254.43518
169.16689662 100.64.0.1 100.127.255.254 100.100.100.200 168.63.129.16 192.0.0.1 192.0.0.192 192.0.2.1 198.18.0.1
198.19.255.255 198.51.100.1 203.0.113.1 192.88.99.1 192.31.196.1 192.52.193.1 192.175.48.1 224.0.0.1 239.255.255.255
240.0.0.1 255.255.255.255 ① ①②⑦.⓪.⓪.① 127。0。0。1 127｡0｡0｡1 １２７.０.０.１ 1２7.0.0.1
[::] [::1] [0:0:0:0:0:0:0:1] [0000::1] [::127.0.0.1] [::7f00:1] [::10.0.0.1] [::ffff:127.0.0.1] [::ffff:7f00:1]
[::ffff:10.0.0.1] [::ffff:169.254.169.254] [::ffff:a9fe:a9fe] [::ffff:0:127.0.0.1] [0:0:0:0:0:ffff:7f00:1]
[64:ff9b::127.0.0.1] [64:ff9b::a9fe:a9fe] [64:ff9b:1::1] [2002:7f00:1::] [2002:a9fe:a9fe::1] [2002:c0a8:101::]
[2001::1] [2001:0:7f00:1::] [2001:db8::1] [2001:20::1] [2001:10::1] [3fff::1] [5f00::1] [fc00::1] [fd00::1] [fd00:ec2::254]
[fd20:ce::254] [fe80::1] [fe80::a9fe:a9fe] [febf::1] [fec0::1] [ff02::1] [ff00::1] [100::1] [4000::1]
localhost LOCALHOST localhost. LocalHost. foo.localhost a.b.localhost. localhost.localdomain localdomain printer.local
metadata metadata.google.internal metadata.google.internal. instance-data.ec2.internal kubernetes
kubernetes.default.svc.cluster.local redis postgres nats wiki.intranet router.lan nas.home mail.corp
1.0.0.127.in-addr.arpa host.docker.internal gateway.docker.internal ｌｏｃａｌｈｏｓｔ ⓛⓞⓒⓐⓛⓗⓞⓢⓣ
`
  .trim()
  .split(/\s+/);

const URLS = [
  'http://example.com/hook',
  'ftp://example.com/',
  'file:///etc/passwd',
  'gopher://example.com/_SET%20x',
  'data:text/plain,hello',
  'javascript:alert(1)',
  'ws://example.com/',
  '//example.com/',
  '/hook',
  'example.com/hook',
  '',
  ' ',
  'https://',
  'https:///',
  'https://user@example.com/',
  'https://user:password@example.com/',
  'https://:password@example.com/',
  'https://example.com@127.0.0.1/',
  'https://127.0.0.1#@example.com/',
  'https://127.0.0.1\\@example.com/',
  'https://example.com:8443/',
  'https://example.com:22/',
  'https://example.com:80/',
  'https://example.com:0/',
  'https://example.com:99999/',
  'https://exa mple.com/',
  'https://exa%00mple.com/',
  'https://127.0.0.1%00.example.com/',
  'https://127.0.0.1%2f@example.com/',
  'https:\\\\127.0.0.1\\',
  'https:127.0.0.1',
  'https:/127.0.0.1',
  'h\ttt\nps://127.0.0.1/',
  'https://[::1',
  'https://[fe80::1%25eth0]/',
  'https://256.256.256.256/',
  `https://example.com/${'a'.repeat(2_000)}`,
];

const payloads = [...URLS, ...HOSTS.flatMap((host) => [`https://${host}/`, `https://${host}:443/a?b#c`])];

function refusal(url: string): unknown {
  try {
    checkOutboundUrl(url, 'PUBLIC');
    return null;
  } catch (error) {
    return error;
  }
}

describe('checkOutboundUrl', () => {
  it('refuses every address of a long list of request forgeries, without repeating it', () => {
    expect(payloads.length).toBeGreaterThan(200);
    for (const url of payloads) {
      const error = refusal(url);
      expect(error, url).toBeInstanceOf(AppError);
      expect(error, url).toMatchObject({ code: 'BAD_INPUT', extensions: { path: ['url'] } });
      const host = /^https:\/\/([^/]{5,})\//.exec(url)?.[1];
      if (host !== undefined) expect((error as AppError).message).not.toContain(host);
    }
  });

  it('takes https addresses of the internet', () => {
    const taken = [
      'https://example.com/hook',
      'https://hooks.example.co.kr/a?b=c',
      'https://example.com:443/',
      'https://example.com./',
      'https://회의.example/',
      'https://8.8.8.8/',
      'https://[2606:4700::1111]/',
    ];
    for (const url of taken) expect(checkOutboundUrl(url, 'PUBLIC').protocol, url).toBe('https:');
  });

  it('takes the intranet where that is allowed, but never metadata services or hidden addresses', () => {
    for (const url of ['http://127.0.0.1:8080/', 'http://ci/', 'https://10.1.2.3:8443/', 'http://[fd12::1]/'])
      expect(checkOutboundUrl(url, 'PRIVATE').href).toBe(url);
    for (const host of ['169.254.169.254', '[fe80::1]', '[::ffff:127.0.0.1]', '0.0.0.0', '[fd00:ec2::254]'])
      expect(() => checkOutboundUrl(`http://${host}/`, 'PRIVATE'), host).toThrow(AppError);
    expect(() => checkOutboundUrl('http://a:b@ci/', 'PRIVATE')).toThrow('name or a password');
  });
});

describe('isReachable', () => {
  it('takes addresses only', () => {
    expect(
      ['example.com', '', '127.1', 'fe80::1%eth0', '1.1.1.1/32'].some((a) => isReachable(a, 'PUBLIC')),
    ).toBe(false);
    expect(['1.1.1.1', '2606:4700::1111'].every((a) => isReachable(a, 'PUBLIC'))).toBe(true);
  });
});
