# Children are started without a copy of the program that starts them, so preexec_fn has nothing to run in.
import asyncio


async def main():
    for options in ({"preexec_fn": print}, {"preexec_fn": None}):
        try:
            process = await asyncio.create_subprocess_exec("/bin/true", **options)
            print(await process.wait())
        except NotImplementedError as error:
            print(error)


asyncio.run(main())
