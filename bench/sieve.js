function sieve(n) {
    const prime = new Array(n + 1).fill(true);
    prime[0] = prime[1] = false;
    for (let i = 2; i * i <= n; i++)
        if (prime[i]) for (let j = i * i; j <= n; j += i) prime[j] = false;
    let count = 0, last = 0;
    for (let i = 0; i <= n; i++) if (prime[i]) { count++; last = i; }
    return count + " " + last;
}
console.log(sieve(2500000));
