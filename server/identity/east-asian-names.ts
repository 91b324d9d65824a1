function table(lines: string): Map<string, string> {
  return new Map(
    lines
      .trim()
      .split(/\s+/)
      .map((entry) => entry.split(':') as [string, string]),
  )
}

/** Frequent Japanese names: the same characters read as Chinese would sound like another person. */
const japaneseSurnames = table(`
  佐藤:sato 鈴木:suzuki 高橋:takahashi 田中:tanaka 伊藤:ito 渡辺:watanabe 渡邊:watanabe 渡邉:watanabe 山本:yamamoto 中村:nakamura 小林:kobayashi 加藤:kato 吉田:yoshida 山田:yamada
  佐々木:sasaki 山口:yamaguchi 松本:matsumoto 井上:inoue 木村:kimura 林田:hayashida 斎藤:saito 斉藤:saito 清水:shimizu 山崎:yamazaki 阿部:abe 池田:ikeda 橋本:hashimoto 山下:yamashita
  石川:ishikawa 中島:nakajima 前田:maeda 藤田:fujita 小川:ogawa 後藤:goto 岡田:okada 長谷川:hasegawa 村上:murakami 近藤:kondo 石井:ishii 坂本:sakamoto 遠藤:endo 青木:aoki 藤井:fujii
  西村:nishimura 福田:fukuda 太田:ota 三浦:miura 岡本:okamoto 松田:matsuda 中川:nakagawa 中野:nakano 原田:harada 小野:ono 田村:tamura 竹内:takeuchi 金子:kaneko 和田:wada 中山:nakayama
  石田:ishida 上田:ueda 森田:morita 酒井:sakai 工藤:kudo 宮崎:miyazaki 安倍:abe 黒澤:kurosawa 大谷:otani`)
const japaneseGiven = table(`
  太郎:taro 次郎:jiro 一郎:ichiro 花子:hanako 健太:kenta 翔太:shota 大輔:daisuke 健:ken 誠:makoto 浩:hiroshi 博:hiroshi 隆:takashi 明:akira 直樹:naoki 拓也:takuya 和也:kazuya 達也:tatsuya
  美咲:misaki 陽子:yoko 洋子:yoko 恵子:keiko 幸子:sachiko 裕子:yuko 由美子:yumiko 久美子:kumiko 明美:akemi 愛:ai 彩:aya 美穂:miho 真由美:mayumi 智子:tomoko 京子:kyoko 和子:kazuko 節子:setsuko
  春樹:haruki 翔平:shohei 晋三:shinzo 駿:hayao 明子:akiko 直子:naoko 大樹:daiki 蓮:ren 葵:aoi 結衣:yui 陽菜:hina 悠斗:yuto`)

/** Korean family names as their bearers spell them, by syllable. */
const koreanSurnames = table(`
  김:kim 이:lee 박:park 최:choi 정:jung 강:kang 조:cho 윤:yoon 장:jang 임:lim 한:han 오:oh 서:seo 신:shin 권:kwon 황:hwang 안:ahn 송:song 류:ryu 유:yoo 홍:hong 전:jeon 고:ko 문:moon 손:son 양:yang
  배:bae 백:baek 허:heo 남:nam 심:shim 노:noh 하:ha 곽:kwak 성:sung 차:cha 주:joo 우:woo 구:koo 민:min 나:na 진:jin 지:ji 엄:um 채:chae 원:won 천:chun 방:bang 공:kong 현:hyun 함:ham 변:byun`)

/** A name in Chinese characters: Japanese where both halves are known as such, otherwise left for the Chinese reading. */
export function readHan(text: string): string {
  return text.replace(/\p{Script=Han}[\p{Script=Han}々\s\u30FB]*/gu, (name) => {
    const compact = name.replace(/[\s\u30FB]/g, '')
    for (const size of [2, 3, 1]) {
      const family = japaneseSurnames.get(compact.slice(0, size))
      const given = japaneseGiven.get(compact.slice(size))
      if (family !== undefined && (given !== undefined || compact.length === size)) return ` ${family} ${given ?? ''} `
    }
    return name
  })
}

/** A Korean name: the family name as it is usually spelled, the syllables of the given name apart. */
export function readHangul(text: string): string {
  return text.replace(/\p{Script=Hangul}[\p{Script=Hangul}\s]*/gu, (name) => {
    const [first = '', ...rest] = name.trim()
    const family = koreanSurnames.get(first)
    const given = rest.join('').replace(/\s/g, '')
    return family === undefined || given === '' ? name : ` ${family} ${given.split('').join(' ')} `
  })
}

/** Korean words sound alike under several romanisations: Jeong, Jung and Chung; Yeon and Yun. ASCII lower case. */
export function koreanSound(word: string): string {
  return word
    .replace(/^(?:yi|rhee|ree|i)$/, 'lee')
    .replace(/^(?:pak|bak)$/, 'park')
    .replace(/yeo|you|yoo/g, 'yu')
    .replace(/eo|eu|oo|ou|u/g, 'u')
    .replace(/ae|ay/g, 'e')
    .replace(/ee/g, 'i')
    .replace(/ch/g, 'j')
    .replace(/sh/g, 's')
    .replace(/g/g, 'k')
    .replace(/d/g, 't')
    .replace(/b/g, 'p')
    .replace(/r/g, 'l')
    .replace(/(?<=[aeiou])h$/, '')
    .replace(/(.)\1+/g, '$1')
}
