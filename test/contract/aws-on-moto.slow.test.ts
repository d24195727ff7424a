import { motoAvailable, sayWithoutMoto } from '../support/moto.ts';
import { awsContract } from './aws.contract.ts';
import { awsOnMoto } from './aws-on-moto.ts';

if (motoAvailable()) awsContract('moto', awsOnMoto);
else sayWithoutMoto('the facts about AWS, on moto');
