/// How a report looks, by day and by night.
extension ReportPage {
    static let style = """
        :root{color-scheme:light dark;--page:light-dark(#fbfbfc,#14161a);--card:light-dark(#fff,#1c1f25);\
        --text:light-dark(#1b1f27,#e6e8ec);--soft:light-dark(#5c6472,#9aa2b1);--rule:light-dark(#e2e5ea,#2d323b);\
        --one:light-dark(#2563c9,#6ea8ff);--two:light-dark(#b4530a,#f2a65a);--three:light-dark(#17803d,#5fcf86);\
        --four:light-dark(#b3261e,#ff8a80)}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,sans-serif}
        main{max-width:860px;margin:0 auto;padding:32px 20px 64px}
        h1{font-size:24px;margin:0;overflow-wrap:anywhere}h2{font-size:17px;margin:32px 0 8px}
        header p{color:var(--soft);margin:4px 0 20px}
        .verdict{list-style:none;margin:0 0 20px;padding:0}
        .verdict li{padding:8px 12px;margin:6px 0;background:var(--card);border:1px solid var(--rule);border-radius:6px}
        .verdict li::before{display:inline-block;width:1.5em;font-weight:700}
        .good::before{content:"✓";color:var(--three)}.bad::before{content:"✗";color:var(--four)}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(125px,1fr));gap:8px;margin:0 0 20px}
        .figures div,figure{background:var(--card);border:1px solid var(--rule);border-radius:6px}
        .figures div{padding:10px 12px}.figures b{display:block;font-size:20px}
        .figures span{color:var(--soft);font-size:13px}
        figure{margin:0 0 16px;padding:12px}figcaption{font-weight:600;margin-bottom:6px}
        .key{font-weight:400;font-size:13px;margin-left:14px;white-space:nowrap}
        .key::before{content:"";display:inline-block;width:14px;height:3px;margin-right:5px;vertical-align:middle;\
        border-radius:2px;background:currentColor}
        figure{overflow-x:auto}svg{display:block;width:100%;min-width:520px;height:auto}svg text{font-size:11px;fill:var(--soft)}
        .grid{stroke:var(--rule)}.line{fill:none;stroke:currentColor;stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}
        .one{color:var(--one)}.two{color:var(--two)}.three{color:var(--three)}.four{color:var(--four)}
        .wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
        th,td{padding:5px 8px;text-align:right;border-bottom:1px solid var(--rule);white-space:nowrap;font-weight:400}
        thead th{color:var(--soft);font-size:13px}tbody th,thead th:first-child{text-align:left}
        dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:2px 24px;margin:0}
        dl div{display:flex;justify-content:space-between;border-bottom:1px solid var(--rule);padding:3px 0}
        dt{color:var(--soft)}dd{margin:0;font-variant-numeric:tabular-nums}
        """
}
