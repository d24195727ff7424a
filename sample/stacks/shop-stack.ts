import { fileURLToPath } from 'node:url';
import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { CorsHttpMethod, HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, Billing, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import type { Construct } from 'constructs';
import { FailureLayer } from '#lib/failure-layer.ts';

const functionsFolder = fileURLToPath(new URL('../shop/functions/', import.meta.url));
const pageFolder = fileURLToPath(new URL('../shop/page/', import.meta.url));
const imageCount = 6;

/** The serverless shop: a page in S3, an HTTP API, three functions with the failure layer, a table of image URLs. */
export class ShopStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { readonly graceful: boolean }) {
    super(scope, id, props);
    const table = new TableV2(this, 'Images', {
      tableName: 'images',
      partitionKey: { name: 'id', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    putImages(table);

    // Read by everybody, rather than by CloudFront: a policy that denies spares AWS's own services.
    const bucket = new Bucket(this, 'Page', {
      publicReadAccess: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ACLS_ONLY,
      enforceSSL: true,
      autoDeleteObjects: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const origin = `https://${bucket.bucketRegionalDomainName}`;
    const api = new HttpApi(this, 'Api', {
      apiName: 'shop',
      corsPreflight: { allowOrigins: [origin], allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST] },
    });
    const layer = new FailureLayer(this, 'FailureLayer');
    const addFunction = (functionName: string, handler: string, method: HttpMethod, path: string) => {
      const made = new LambdaFunction(this, functionName, {
        ...{ functionName, handler, runtime: Runtime.NODEJS_24_X, memorySize: 512 },
        code: Code.fromAsset(functionsFolder),
        environment: { IMAGES_TABLE: table.tableName, GRACEFUL: String(props.graceful) },
      });
      layer.attachTo(made);
      const integration = new HttpLambdaIntegration(`${functionName}Integration`, made);
      api.addRoutes({ path, methods: [method], integration });
      return made;
    };
    table.grantReadData(addFunction('listImages', 'list-images.handler', HttpMethod.GET, '/images'));
    table.grantWriteData(
      addFunction('likeImage', 'like-image.handler', HttpMethod.POST, '/images/{id}/likes'),
    );
    addFunction('shareImage', 'share-image.handler', HttpMethod.POST, '/images/{id}/shares');

    new BucketDeployment(this, 'PageFiles', {
      // Its own type declares as absent what the interface declares as undefined.
      destinationBucket: bucket as IBucket,
      sources: [
        Source.asset(pageFolder, { exclude: ['*.d.mts'] }),
        Source.jsonData('config.json', { api: api.apiEndpoint, graceful: props.graceful }),
      ],
    });
    new CfnOutput(this, 'PageUrl', { value: `${origin}/index.html` });
    new CfnOutput(this, 'ApiUrl', { value: api.apiEndpoint });
  }
}

/** Once, when the table is created. */
function putImages(table: TableV2): void {
  const items = Array.from({ length: imageCount }, (_, index) => ({
    PutRequest: {
      Item: {
        id: { S: `${index + 1}` },
        url: { S: `https://picsum.photos/id/${index + 1}/400` },
        likes: { N: '0' },
      },
    },
  }));
  const first = new AwsCustomResource(table, 'FirstImages', {
    onCreate: {
      service: 'DynamoDB',
      action: 'batchWriteItem',
      parameters: { RequestItems: { [table.tableName]: items } },
      physicalResourceId: PhysicalResourceId.of('first-images'),
    },
    policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: [table.tableArn] }),
  });
  table.grantWriteData(first);
}
