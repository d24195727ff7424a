import { motoAvailable, sayWithoutMoto } from '../../support/moto.ts';
import { awsContract } from './contract.ts';
import { awsOnMoto } from './moto-under-test.ts';

if (motoAvailable()) awsContract('moto', awsOnMoto);
else sayWithoutMoto('the facts about AWS, on moto');
