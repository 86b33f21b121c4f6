"""Fetches many pages at once over plain streams, from a small HTTP server in the same program.

The server is slow, so that fetching one page after the other would take seconds; at most eight fetches are under way at a time.
"""
import asyncio

PAGES = {f'/page/{n}': f'<title>Page {n}</title>' + 'x' * n * 100 for n in range(40)}


async def serve(reader, writer):
    request = (await reader.readuntil(b'\r\n\r\n')).decode()
    method, path, _ = request.split(None, 2)
    await asyncio.sleep(0.002)
    if method != 'GET' or path not in PAGES:
        status, body = '404 Not Found', b'no such page'
    else:
        status, body = '200 OK', PAGES[path].encode()
    writer.write(f'HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n'.encode())
    writer.write(body)
    await writer.drain()
    writer.close()


async def fetch(host, port, path):
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(f'GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n'.encode())
        status = int((await reader.readline()).split()[1])
        headers = {}
        while (line := (await reader.readline()).decode().strip()):
            name, _, value = line.partition(':')
            headers[name.lower()] = value.strip()
        body = await reader.readexactly(int(headers['content-length']))
        return status, body.decode()
    finally:
        writer.close()


def title_of(page):
    begin, end = page.find('<title>'), page.find('</title>')
    return page[begin + 7:end] if begin >= 0 else None


async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', 0)
    host, port = server.sockets[0].getsockname()
    limit = asyncio.Semaphore(8)
    under_way = most = 0

    async def polite_fetch(path):
        nonlocal under_way, most
        async with limit:
            under_way += 1
            most = max(most, under_way)
            try:
                return path, *await fetch(host, port, path)
            finally:
                under_way -= 1

    paths = [*PAGES, '/nowhere']
    results = await asyncio.gather(*map(polite_fetch, paths))
    for path, status, body in results[::8]:
        print(f'{path:9} {status} {len(body):5} bytes  {title_of(body)}')
    print(len(results), 'pages,', sum(len(body) for _, _, body in results), 'bytes,', most, 'at once')
    server.close()
    await server.wait_closed()


asyncio.run(main())
