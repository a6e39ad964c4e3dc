import { addressCases } from './hostile/addresses';
import { expectAsItWas, test, testRefusals } from './hostile/attack';
import { credentialCases } from './hostile/credentials';
import { operationCases } from './hostile/operations';
import { parameterCases } from './hostile/parameters';

testRefusals('addresses', addressCases());
testRefusals('parameters and fields', parameterCases());
testRefusals('credentials', credentialCases());
testRefusals('every call', operationCases());

test('after all that the server is as it was: it recognises, and nothing was added', async ({ attack }) => {
  await expectAsItWas(attack);
});
