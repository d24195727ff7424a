/** Each pair of text and ground has a contrast of 4.5 or more; dark where the reader wants it, light on paper. */
export const colors = `
:root{color-scheme:light;
--ground:#fff;--card:#fff;--well:#f3f4f6;--line:#dfe3e8;--ink:#1b1f24;--soft:#57606a;--link:#0a58b5;--on-tone:#fff;
--good:#1a7040;--bad:#b3261e;--warn:#8a5300;--info:#3b5876;
--good-text:#1a7040;--bad-text:#b3261e;--warn-text:#8a5300;
--series:#2a6fbb;--band:#bcd6f2;--evidence:#6d4aa8;--mark:#c62a20;--unmeasured:#a9b1ba;
--fault:#e08a00;--shade:#fdf1dc;--hatch:#7a4700;--baseline:#9db4c9;--recovery:#8fbfa3;--pause:#d5dae0}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;
--ground:#14171b;--card:#1a1e23;--well:#232931;--line:#333b45;--ink:#e6e9ed;--soft:#a2abb6;--link:#7fb5f5;--on-tone:#fff;
--good:#1d6b3f;--bad:#a12a22;--warn:#7d4e06;--info:#3a536d;
--good-text:#6fcf97;--bad-text:#ff8f85;--warn-text:#e5b45c;
--series:#7db4f0;--band:#2b4a6d;--evidence:#b79cf0;--mark:#ff7a6e;--unmeasured:#616b77;
--fault:#d98a1a;--shade:#2b251b;--hatch:#3a2400;--baseline:#4c637a;--recovery:#3f6b52;--pause:#3a424c}}
`;
