"""types.coroutine lets the generators of a function be awaited"""
import types
@types.coroutine
def g(): 
    x = yield 1
    return x
async def f(): return await g()
c=f(); print(c.send(None))
try: c.send(5)
except StopIteration as e: print(e.value)
print(sorted(types.__all__)==sorted(['AsyncGeneratorType','BuiltinFunctionType','BuiltinMethodType','CellType','ClassMethodDescriptorType','CodeType','CoroutineType','DynamicClassAttribute','EllipsisType','FrameType','FunctionType','GeneratorType','GenericAlias','GetSetDescriptorType','LambdaType','MappingProxyType','MemberDescriptorType','MethodDescriptorType','MethodType','MethodWrapperType','ModuleType','NoneType','NotImplementedType','SimpleNamespace','TracebackType','UnionType','WrapperDescriptorType','coroutine','new_class','prepare_class','resolve_bases']))
