/** What people call targets, and what else fails that is a target of no fault: ''. */
const words: readonly (readonly [word: RegExp, kind: string])[] = [
  [/\bfunctions?\b|\blambdas?\b/, 'lambda-function'],
  [/\btables?\b|\bdynamodb\b/, 'dynamodb-table'],
  [/\bbuckets?\b|\bs3\b/, 's3-bucket'],
  [/\bqueues?\b|\bsqs\b/, 'sqs-queue'],
  [/\btopics?\b|\bsns\b/, 'sns-topic'],
  [/\broles?\b|\biam\b/, 'iam-role'],
  [/\bapis?\b|\bapi gateway\b/, 'http-api'],
  [/\b(?:instances?|group|hosts?|servers?|machines?)\b|\bec2\b/, 'ec2-instance'],
  [/\b(?:databases?|db|rds|aurora|redis|cache|elasticache|memcached|kafka|kinesis|streams?)\b/, ''],
  [/\b(?:clusters?|containers?|pods?|nodes?|ecs|eks|fargate|volumes?|ebs|efs)\b/, ''],
  [/\b(?:zones?|az|regions?|network|dns|load balancers?|alb|nlb|cdn|cloudfront|vpc|certificates?)\b/, ''],
];

/** The kinds of target that a text in lower case speaks of. */
export function kindsIn(text: string): readonly string[] {
  return words.flatMap(([word, kind]) => (word.test(text) ? [kind] : []));
}
